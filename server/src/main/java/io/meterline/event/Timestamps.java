package io.meterline.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as microseconds since 1970-01-01T00:00:00Z, the unit of every stored time. */
public final class Timestamps {

    private static final long MICROS_PER_SECOND = 1_000_000;

    private Timestamps() {}

    /** Microseconds of an instant; finer digits are cut. */
    public static long micros(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND), instant.getNano() / 1_000);
    }

    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** ISO 8601 in UTC with {@code Z} and as many fractional digits (0, 3 or 6) as there are. */
    public static String text(long micros) {
        return instant(micros).toString();
    }
}
