package io.meterline.loader.source;

import org.jspecify.annotations.Nullable;

/**
 * A value for each placeholder of a query.
 *
 * @param cursor null when the query has no {@code :cursor}
 * @param lastRun a zoned time
 * @param now a zoned time
 */
public record Bindings(@Nullable BoundValue cursor, BoundValue lastRun, BoundValue now) {

    /** Values of a query that may use {@code :now}, and {@code :last_run} as if there had been no run. */
    public static Bindings at(SourceMoment moment) {
        return new Bindings(
                null,
                new BoundValue.Least(ValueType.ZONED_TIME),
                new BoundValue.Time(ValueType.ZONED_TIME, moment.nowMicros()));
    }

    /** Throws {@code IllegalStateException} when a query uses {@code :cursor} and there is no value for it. */
    public BoundValue of(Placeholder placeholder) {
        return switch (placeholder) {
            case CURSOR -> {
                if (cursor == null) {
                    throw new IllegalStateException("a query with :cursor was run without a value for it");
                }
                yield cursor;
            }
            case LAST_RUN -> lastRun;
            case NOW -> now;
        };
    }
}
