package io.meterline.api;

import io.meterline.http.Call;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import io.meterline.observe.Metrics;
import io.meterline.observe.Readiness;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code /health/live}, {@code /health/ready} and {@code /metrics}: for the operator's machinery, without a key. */
public final class HealthRoutes implements Routes.Source {

    private final Readiness readiness;
    private final Metrics metrics;

    public HealthRoutes(Readiness readiness, Metrics metrics) {
        this.readiness = readiness;
        this.metrics = metrics;
    }

    @Override
    public void register(Routes routes) {
        routes.describedIn("health");
        routes.open("/health/live", call -> Reply.ok(new Live("live")));
        routes.open("/health/ready", this::ready);
        routes.open("/metrics", this::metrics);
    }

    private record Live(String status) {}

    private record Ready(String status, List<String> red, List<Readiness.Line> checks) {}

    private Reply ready(Call call) {
        Readiness.Report report = readiness.report();
        List<String> red = report.checks().stream()
                .filter(line -> !line.ok())
                .map(Readiness.Line::name)
                .toList();
        String status = report.ready() ? "ready" : "not_ready";
        return Reply.json(report.ready() ? 200 : 503, new Ready(status, red, report.checks()));
    }

    private Reply metrics(Call call) {
        return Reply.bytes(200, Metrics.CONTENT_TYPE, metrics.scrape().getBytes(StandardCharsets.UTF_8));
    }
}
