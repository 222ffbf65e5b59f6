package io.meterline.meter;

import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Customers 1 to 9: {@code cus_1} with the external id {@code ext_1} and so on, some merged into others. */
final class FakeCustomers implements CustomerLookup {

    private final Map<Long, Long> mergedInto = new HashMap<>();

    void merge(long customer, long into) {
        mergedInto.put(customer, into);
    }

    @Override
    public Set<Long> expand(Environment environment, String idOrExternalId) {
        if (!idOrExternalId.matches("(cus|ext)_[1-9]")) {
            throw new RuleException(Kind.NOT_FOUND, "unknown_customer", "There is no such customer.");
        }
        long named = Long.parseLong(idOrExternalId.substring(4));
        long canonical = mergedInto.getOrDefault(named, named);
        Set<Long> numbers = new HashSet<>(Set.of(canonical));
        mergedInto.forEach((customer, into) -> {
            if (into == canonical) {
                numbers.add(customer);
            }
        });
        return numbers;
    }

    @Override
    public Map<Long, Long> mergedInto(Environment environment) {
        return Map.copyOf(mergedInto);
    }

    @Override
    public Map<Long, Ids> ids(Environment environment, Collection<Long> numbers) {
        Map<Long, Ids> ids = new HashMap<>();
        for (long number : numbers) {
            ids.put(number, new Ids("cus_" + number, number == 9 ? null : "ext_" + number));
        }
        return ids;
    }
}
