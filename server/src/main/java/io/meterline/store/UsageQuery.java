package io.meterline.store;

import io.meterline.event.Period;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question for a figure.
 *
 * @param eventType whose events
 * @param measure what to compute
 * @param filter which of them count
 * @param period whose timestamps count; without a beginning in the mode {@code all_time}
 * @param customers numbers of the customers that count, null for all
 * @param mergedInto for grouping by customer: the number of a merged customer to the number it now belongs to. Customers
 *     that were never merged are not in it
 * @param groupBy what to split the figure by, may be empty
 * @param windows half-open windows to split the figure by: adjoining, rising, together covering the period exactly; empty
 *     for none
 */
public record UsageQuery(
        String eventType,
        Measure measure,
        Filter filter,
        Period period,
        @Nullable Set<Long> customers,
        Map<Long, Long> mergedInto,
        List<GroupBy> groupBy,
        List<Period> windows) {

    public UsageQuery {
        mergedInto = Map.copyOf(mergedInto);
        groupBy = List.copyOf(groupBy);
        windows = List.copyOf(windows);
    }

    /** Something to split a figure by. */
    public sealed interface GroupBy {

        /** By customer, merged ones together. */
        record Customer() implements GroupBy {}

        /** By the canonical text of a property; events without it form the group null. */
        record ByProperty(String property) implements GroupBy {}
    }
}
