package io.meterline.observe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the server is ready, from a list of checks. The result is kept for a second: anyone may ask, at any rate. */
public final class Readiness {

    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final Duration KEEP = Duration.ofSeconds(1);

    private final List<Check> checks;
    private final InstantSource clock;
    private @Nullable Report last;
    private Instant lastAt = Instant.MIN;

    public Readiness(List<Check> checks, InstantSource clock) {
        this.checks = List.copyOf(checks);
        this.clock = clock;
    }

    /** The state of every check. */
    public record Report(boolean ready, List<Line> checks) {}

    /** The state of one check. */
    public record Line(String name, boolean ok, String detail) {}

    /** Looks at every check, unless that was done within the last second. */
    public synchronized Report report() {
        Instant now = clock.instant();
        Report known = last;
        if (known != null && !now.isBefore(lastAt) && now.isBefore(lastAt.plus(KEEP))) {
            return known;
        }
        List<Line> lines = checks.stream().map(Readiness::line).toList();
        Report report = new Report(lines.stream().allMatch(Line::ok), lines);
        logChange(known, report);
        last = report;
        lastAt = now;
        return report;
    }

    /** Whether a check was green when it was last looked at. */
    boolean isGreen(String check) {
        return report().checks().stream().anyMatch(line -> line.name().equals(check) && line.ok());
    }

    private static Line line(Check check) {
        Check.State state = check.state().get();
        return new Line(check.name(), state.ok(), state.detail());
    }

    private static void logChange(@Nullable Report before, Report now) {
        boolean wasReady = before == null || before.ready();
        if (wasReady && !now.ready()) {
            LOG.warn(
                    "not ready: {}",
                    now.checks().stream().filter(line -> !line.ok()).toList());
        } else if (!wasReady && now.ready()) {
            LOG.info("ready again");
        }
    }
}
