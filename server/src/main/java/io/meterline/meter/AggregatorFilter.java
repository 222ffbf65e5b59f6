package io.meterline.meter;

import io.meterline.control.Status;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which aggregators to list.
 *
 * @param statuses at least one
 * @param eventType null for all
 */
public record AggregatorFilter(
        Set<Status> statuses, @Nullable String eventType) {

    /** Those in use. */
    public static final AggregatorFilter ACTIVE = new AggregatorFilter(Set.of(Status.ACTIVE), null);

    public AggregatorFilter {
        statuses = Set.copyOf(statuses);
    }
}
