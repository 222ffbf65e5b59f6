package io.meterline.store;

import io.meterline.event.Period;
import io.meterline.event.Source;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events to list, and in which order.
 *
 * @param eventType null for all types
 * @param customers customer numbers, null for all customers
 * @param recordIds null for all ids
 * @param source null for all sources
 * @param timestamps when the usage happened
 * @param ingested when the events were accepted
 * @param filter on properties
 * @param counted only events that this measure counts, so none that it would report as excluded; null for no such
 *     condition
 * @param sort the order; equal values are ordered by sequence, in the same direction
 * @param take at most so many, 1..1000
 * @param skip leave out so many first, 0..10,000
 * @param after start behind this position, null for the start; {@code skip} counts from there
 */
public record EventQuery(
        @Nullable String eventType,
        @Nullable Set<Long> customers,
        @Nullable Set<String> recordIds,
        @Nullable Source source,
        Period timestamps,
        Period ingested,
        Filter filter,
        @Nullable Measure counted,
        Sort sort,
        boolean descending,
        int take,
        int skip,
        @Nullable Position after) {

    /** A listing whatever a measure would make of its events. */
    public EventQuery(
            @Nullable String eventType,
            @Nullable Set<Long> customers,
            @Nullable Set<String> recordIds,
            @Nullable Source source,
            Period timestamps,
            Period ingested,
            Filter filter,
            Sort sort,
            boolean descending,
            int take,
            int skip,
            @Nullable Position after) {
        this(
                eventType,
                customers,
                recordIds,
                source,
                timestamps,
                ingested,
                filter,
                null,
                sort,
                descending,
                take,
                skip,
                after);
    }

    /** The time that a listing is ordered by. */
    public enum Sort {
        TIMESTAMP,
        INGESTED_AT
    }

    /** A place between two events of a listing: the sort value and the sequence of the one before it. */
    public record Position(long sortValue, long sequence) {}

    /** All events, the newest first. */
    public static EventQuery all(int take) {
        return new EventQuery(
                null, null, null, null, Period.ALWAYS, Period.ALWAYS, Filter.NONE, Sort.TIMESTAMP, true, take, 0, null);
    }
}
