package io.meterline.ingest;

import io.meterline.event.Timestamps;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/**
 * The rules on the time of an event: how it may be written, and that it lies at most so far ahead of now.
 *
 * <p>Written: ISO 8601 with an offset, with {@code Z} or without a zone (read as UTC); {@code YYYY-MM-DD HH:MM:SS[.f]};
 * a date alone (its first moment in UTC); or a number, epoch milliseconds. Digits beyond microseconds are cut. One
 * object serves one request, file or run: its now stands still.
 */
public final class TimestampRules {

    private static final BigDecimal LEAST_MILLIS = BigDecimal.valueOf(100_000_000_000L);
    private static final BigDecimal MICROS_PER_MILLI = BigDecimal.valueOf(1_000);

    private final long latestMicros;
    private final BigDecimal latestAsDecimal;

    /** Accepts times up to {@code tolerance} after {@code now}. */
    public TimestampRules(Instant now, Duration tolerance) {
        this.latestMicros = Timestamps.micros(now.plus(tolerance));
        this.latestAsDecimal = BigDecimal.valueOf(latestMicros);
    }

    /**
     * The time that a text stands for, in µs since 1970. Throws {@link InvalidEventException} with
     * {@code invalid_timestamp} or {@code timestamp_in_future}.
     */
    public long parse(char[] text, int offset, int length) {
        return check(TimestampText.micros(text, offset, length));
    }

    /** The same as {@link #parse(char[], int, int)}. */
    public long parse(String text) {
        return parse(text.toCharArray(), 0, text.length());
    }

    /** A time from elsewhere, say a database, in µs since 1970. Throws when it lies too far ahead. */
    public long check(long micros) {
        if (micros > latestMicros) {
            throw new InvalidEventException(EventErrorCode.TIMESTAMP_IN_FUTURE, "timestamp");
        }
        return micros;
    }

    /**
     * The time that a number of epoch milliseconds stands for, in µs since 1970. Throws {@link InvalidEventException}
     * with {@code timestamp_looks_like_seconds} below 10¹¹, or {@code timestamp_in_future}.
     *
     * @param millis of bounded exponent, as {@link NumberText} gives it
     */
    public long ofMillis(BigDecimal millis) {
        if (millis.compareTo(LEAST_MILLIS) < 0) {
            throw new InvalidEventException(EventErrorCode.TIMESTAMP_LOOKS_LIKE_SECONDS, "timestamp");
        }
        BigDecimal micros = millis.multiply(MICROS_PER_MILLI);
        if (micros.compareTo(latestAsDecimal) > 0) {
            throw new InvalidEventException(EventErrorCode.TIMESTAMP_IN_FUTURE, "timestamp");
        }
        return micros.setScale(0, RoundingMode.DOWN).longValueExact();
    }

    long ofMillis(char[] text, int offset, int length) {
        return ofMillis(NumberText.compact(text, offset, length));
    }
}
