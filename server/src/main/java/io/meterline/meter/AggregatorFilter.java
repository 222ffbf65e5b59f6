package io.meterline.meter;

import io.meterline.meter.Aggregator.Status;
import org.jspecify.annotations.Nullable;

/**
 * Which aggregators to list.
 *
 * @param status null for all
 * @param eventType null for all
 */
public record AggregatorFilter(
        @Nullable Status status, @Nullable String eventType) {

    /** Those in use. */
    public static final AggregatorFilter ACTIVE = new AggregatorFilter(Status.ACTIVE, null);
}
