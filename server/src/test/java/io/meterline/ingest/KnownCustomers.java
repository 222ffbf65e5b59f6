package io.meterline.ingest;

import io.meterline.customer.CreatePolicy;
import io.meterline.customer.Resolution;
import io.meterline.event.Environment;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Customers in memory, numbered in the order in which they were first named. */
final class KnownCustomers implements CustomerResolver {

    final Map<String, Long> numbers = new HashMap<>();

    private long last;

    @Override
    public synchronized Map<String, Resolution> resolve(Environment environment, Set<String> ids, CreatePolicy policy) {
        Map<String, Resolution> found = new HashMap<>();
        for (String id : ids) {
            boolean refuse = policy == CreatePolicy.REFUSE && !numbers.containsKey(id);
            if (refuse || id.startsWith("cus_")) {
                found.put(id, new Resolution.Refused("unknown_customer", "There is no customer " + id + "."));
            } else {
                long number = numbers.computeIfAbsent(id, _ -> ++last);
                found.put(id, new Resolution.Resolved(number, number, "cus_" + number, id, false));
            }
        }
        return found;
    }
}
