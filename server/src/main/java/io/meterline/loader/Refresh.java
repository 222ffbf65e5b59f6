package io.meterline.loader;

import io.meterline.event.RuleException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a loader runs.
 *
 * <p>Each loader has an offset of its own, made from its id, so that those of one rate do not all start in one second.
 */
public sealed interface Refresh {

    /** What it is when nobody says: every hour. */
    static Refresh usual() {
        return new Every(Duration.ofHours(1));
    }

    /** Only when somebody says so. */
    record Manual() implements Refresh {
        static final String TEXT = "manual";
    }

    /** Once a period, at an offset that stays the same. */
    record Every(Duration period) implements Refresh {
        static final List<Duration> PERIODS = List.of(
                Duration.ofMinutes(5),
                Duration.ofMinutes(15),
                Duration.ofMinutes(30),
                Duration.ofHours(1),
                Duration.ofHours(6),
                Duration.ofHours(12),
                Duration.ofHours(24));
    }

    /**
     * At the times of a cron text, in UTC.
     *
     * @param text five fields, or six with seconds first
     */
    record Cron(String text) implements Refresh {}

    /** Throws {@link RuleException} {@code invalid_refresh}. */
    static Refresh parse(String text) {
        if (text.equals(Manual.TEXT)) {
            return new Manual();
        }
        if (text.contains(" ")) {
            return new Cron(CronTimes.check(text));
        }
        try {
            Duration period = Duration.parse(text);
            if (Every.PERIODS.contains(period)) {
                return new Every(period);
            }
        } catch (DateTimeParseException e) {
            // As wrong as a period that is not offered.
        }
        throw invalid("It is none of PT5M, PT15M, PT30M, PT1H, PT6H, PT12H, PT24H.");
    }

    static RuleException invalid(String why) {
        return new RuleException(
                RuleException.Kind.INVALID,
                "invalid_refresh",
                "refresh must be PT5M, PT15M, PT30M, PT1H, PT6H, PT12H, PT24H, a cron text such as 0 6 * * 1-5 (UTC), or"
                        + " manual. " + why);
    }

    /** As the API takes it. */
    default String text() {
        return switch (this) {
            case Manual _ -> Manual.TEXT;
            case Every every ->
                every.period().equals(Duration.ofHours(24))
                        ? "PT24H"
                        : every.period().toString();
            case Cron cron -> cron.text();
        };
    }

    /**
     * The first time after another one, both µs since 1970; null when there is none.
     *
     * @param loaderId gives the offset
     */
    default @Nullable Long next(String loaderId, long afterMicros) {
        return switch (this) {
            case Manual _ -> null;
            case Every every -> {
                long period = every.period().toNanos() / 1_000;
                long offset = offset(loaderId, period);
                yield Math.floorDiv(afterMicros - offset, period) * period + period + offset;
            }
            case Cron cron -> {
                long offset = offset(loaderId, CronTimes.spreadMicros(cron.text()));
                Long base = CronTimes.next(cron.text(), afterMicros - offset);
                yield base == null ? null : base + offset;
            }
        };
    }

    /**
     * The times after another one, as many as there are up to a number, for a loader that is not yet there: without the
     * offset that it will have.
     */
    default List<Long> upcoming(long afterMicros, int most) {
        List<Long> times = new ArrayList<>();
        Long last = afterMicros;
        while (times.size() < most) {
            last = switch (this) {
                case Manual _ -> null;
                case Every every -> {
                    long period = every.period().toNanos() / 1_000;
                    yield Math.floorDiv(last, period) * period + period;
                }
                case Cron cron -> CronTimes.next(cron.text(), last);
            };
            if (last == null) {
                return times;
            }
            times.add(last);
        }
        return times;
    }

    private static long offset(String loaderId, long rangeMicros) {
        // The upper bits of a product with an odd constant depend on every bit of the hash.
        long mixed = loaderId.hashCode() * 0x9E37_79B9_7F4A_7C15L;
        return Math.floorMod(mixed >>> 16, rangeMicros);
    }
}
