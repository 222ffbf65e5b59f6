package io.meterline.billing.simulation;

import io.meterline.customer.CustomerDirectory;
import io.meterline.customer.CustomerRef;
import io.meterline.event.Environment;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks up the customers that a request names. */
final class RequestedCustomers {

    private final CustomerDirectory directory;

    RequestedCustomers(CustomerDirectory directory) {
        this.directory = directory;
    }

    /** Our ids of them, so that no id of somebody else's is kept; null for all. Throws {@code unknown_customer}. */
    @Nullable
    List<String> ids(Environment environment, SimulationRequest request) {
        List<Long> numbers = numbers(environment, request);
        return numbers == null ? null : new Names(directory).ids(numbers);
    }

    /** Their numbers, rising; null for all. Throws {@code unknown_customer}. */
    @Nullable
    List<Long> numbers(Environment environment, SimulationRequest request) {
        if (request.customers() == null) {
            return null;
        }
        Set<Long> numbers = new LinkedHashSet<>();
        for (int i = 0; i < request.customers().size(); i++) {
            CustomerRef found =
                    directory.find(environment, request.customers().get(i)).orElse(null);
            if (found == null) {
                throw Planner.unprocessable(
                        "customers[" + i + "]", "unknown_customer", "there is no such customer here");
            }
            numbers.add(found.canonicalNumber());
        }
        return numbers.stream().sorted().toList();
    }
}
