package io.meterline.meter;

import io.meterline.store.EventQuery.Position;
import io.meterline.store.EventQuery.Sort;
import io.meterline.store.Filter;
import org.jspecify.annotations.Nullable;

/**
 * Which of the events behind a figure are wanted.
 *
 * @param filter a condition besides the aggregator's, to look into one group
 * @param take at most so many, 1..1000
 * @param skip 0..10,000
 * @param after start behind this position, null for the start
 */
public record EventSelection(
        Filter filter,
        Sort sort,
        boolean descending,
        int take,
        int skip,
        @Nullable Position after) {

    /** The latest first. */
    public static EventSelection latest(int take) {
        return new EventSelection(Filter.NONE, Sort.TIMESTAMP, true, take, 0, null);
    }
}
