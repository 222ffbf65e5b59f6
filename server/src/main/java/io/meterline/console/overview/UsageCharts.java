package io.meterline.console.overview;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.meterline.console.Api;
import io.meterline.console.EventTypes;
import io.meterline.console.EventTypes.EventType;
import io.meterline.console.Visit;
import io.meterline.event.Environment;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Counts events by type and window, for everybody who looks within some seconds once. */
final class UsageCharts {

    private static final int MOST_TYPES = 5;
    private static final Duration AGE = Duration.ofSeconds(15);

    private final EventTypes types;
    private final InstantSource clock;
    private final Cache<Asked, UsageChart> known =
            Caffeine.newBuilder().expireAfterWrite(AGE).build();

    UsageCharts(EventTypes types, InstantSource clock) {
        this.types = types;
        this.clock = clock;
    }

    private record Asked(Environment environment, boolean hours) {}

    private record Usage(List<Window> windows) {}

    private record Window(Instant from, Instant to, BigDecimal value) {}

    /** Of the last 24 hours, or of the last 30 days. */
    UsageChart of(Visit visit, boolean hours) {
        return known.get(new Asked(visit.environment(), hours), _ -> count(visit, hours));
    }

    private UsageChart count(Visit visit, boolean hours) {
        ChronoUnit unit = hours ? ChronoUnit.HOURS : ChronoUnit.DAYS;
        Instant to = clock.instant().truncatedTo(unit).plus(1, unit);
        Instant from = to.minus(hours ? 24 : 30, unit);
        List<EventType> all = types.of(visit);
        List<String> shown = all.stream()
                .sorted(Comparator.comparingLong(EventType::events).reversed())
                .limit(MOST_TYPES)
                .map(EventType::name)
                .toList();
        List<List<Window>> counts = shown.stream()
                .map(type -> windows(visit, type, from, to, hours ? "hour" : "day"))
                .toList();
        List<UsageChart.Column> columns = new ArrayList<>();
        for (int i = 0; !counts.isEmpty() && i < counts.getFirst().size(); i++) {
            int at = i;
            Window window = counts.getFirst().get(i);
            columns.add(new UsageChart.Column(
                    window.from(),
                    visit.path("/events?from=" + Api.encode(window.from().toString()) + "&to="
                            + Api.encode(window.to().toString())),
                    counts.stream().map(windows -> windows.get(at).value()).toList()));
        }
        return new UsageChart(hours, columns, shown, all.size() - shown.size());
    }

    private static List<Window> windows(Visit visit, String type, Instant from, Instant to, String window) {
        Map<String, Object> question = Map.of(
                "aggregator", Map.of("event_type", type, "operation", "count"),
                "from", from.toString(),
                "to", to.toString(),
                "window", window,
                "time_zone", "UTC");
        return visit.api().post("/v1/usage/query", question, Usage.class).windows();
    }
}
