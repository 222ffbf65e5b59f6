package io.meterline.loader.source;

import java.math.BigDecimal;

/** The value of a placeholder. */
public sealed interface BoundValue {

    ValueType type();

    /** Less than every value of its type: an infinity where the source has one, else the least that it can store. */
    record Least(ValueType type) implements BoundValue {}

    /**
     * A time or a date.
     *
     * @param type one that {@link ValueType#isTime}
     * @param micros µs since 1970; a local time counts as UTC, a date as its midnight
     */
    record Time(ValueType type, long micros) implements BoundValue {
        public Time {
            if (!type.isTime()) {
                throw new IllegalArgumentException(type + " is no time");
            }
        }
    }

    /**
     * A number.
     *
     * @param type INTEGER (then it fits 64 bits) or NUMBER
     */
    record Number(ValueType type, BigDecimal value) implements BoundValue {}

    /**
     * A text.
     *
     * @param type TEXT or UUID
     */
    record Text(ValueType type, String value) implements BoundValue {}
}
