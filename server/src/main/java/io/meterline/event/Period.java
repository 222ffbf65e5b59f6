package io.meterline.event;

/**
 * A half-open span of time, {@code [from, to)}, in microseconds since 1970-01-01T00:00:00Z.
 *
 * <p>Throws {@code IllegalArgumentException} when it ends before it begins.
 */
public record Period(long fromMicros, long toMicros) {

    /** All of time. */
    public static final Period ALWAYS = new Period(Long.MIN_VALUE, Long.MAX_VALUE);

    public Period {
        if (toMicros < fromMicros) {
            throw new IllegalArgumentException("a period cannot end before it begins");
        }
    }

    /** Everything before {@code toMicros}. */
    public static Period until(long toMicros) {
        return new Period(Long.MIN_VALUE, toMicros);
    }

    public boolean contains(long micros) {
        return micros >= fromMicros && micros < toMicros;
    }

    /** False when time has no beginning here, as in the metering mode {@code all_time}. */
    public boolean hasBeginning() {
        return fromMicros != Long.MIN_VALUE;
    }
}
