package io.meterline.billing.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Customers as the store knows them.
 *
 * @param numbers theirs and those of all that were merged into them
 * @param mergedInto of each merged one among them the number of the one that it counts for
 */
record Members(Set<Long> numbers, Map<Long, Long> mergedInto) {

    /**
     * All that count for some customers.
     *
     * @param merged the merged customers of each customer that has any
     */
    static Members of(Collection<Long> customers, Map<Long, List<Long>> merged) {
        Set<Long> numbers = HashSet.newHashSet(customers.size());
        Map<Long, Long> mergedInto = new HashMap<>();
        for (Long customer : customers) {
            numbers.add(customer);
            for (Long one : merged.getOrDefault(customer, List.of())) {
                numbers.add(one);
                mergedInto.put(one, customer);
            }
        }
        return new Members(numbers, mergedInto);
    }

    /** Every customer that others were merged into, and those. */
    static Map<Long, List<Long>> inverse(Map<Long, Long> mergedInto) {
        Map<Long, List<Long>> merged = new HashMap<>();
        mergedInto.forEach(
                (from, to) -> merged.computeIfAbsent(to, _ -> new ArrayList<>()).add(from));
        return merged;
    }
}
