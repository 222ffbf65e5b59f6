package io.meterline.console.event;

import io.meterline.console.Api;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The customers of some events, asked for at once. */
final class Customers {

    private static final String EVERY_STATUS = "&status=active,automatically_created,archived";
    private static final int AT_ONCE = 100;

    private final Map<String, Customer> byId = new HashMap<>();

    /** A customer, as far as a list of events shows it. */
    record Customer(
            String id,
            @Nullable String externalId,
            @Nullable String name,
            String status,
            Instant createdAt) {

        /** What people call it. */
        String label() {
            return name != null ? name : externalId != null ? externalId : id;
        }

        boolean isPending() {
            return status.equals("automatically_created");
        }
    }

    private record Listed(List<Customer> data) {}

    private Customers() {}

    static Customers of(Api api, Collection<Stored> events) {
        Customers customers = new Customers();
        // The list takes ids that are separated by commas.
        List<String> externalIds = events.stream()
                .map(Stored::externalCustomerId)
                .filter(id -> id != null && !id.contains(","))
                .distinct()
                .limit(AT_ONCE)
                .toList();
        if (!externalIds.isEmpty()) {
            String ids = externalIds.stream().map(Api::encode).collect(Collectors.joining(","));
            api.get("/v1/customers?take=" + AT_ONCE + "&external_id=" + ids + EVERY_STATUS, Listed.class)
                    .data()
                    .forEach(customer -> customers.byId.put(customer.id(), customer));
        }
        for (Stored event : events) {
            String id = event.customerId();
            if (id != null && !customers.byId.containsKey(id)) {
                api.find("/v1/customers/" + id, Customer.class).ifPresent(found -> customers.byId.put(id, found));
            }
        }
        return customers;
    }

    /** The customer of an event; null when it has none any more. */
    @Nullable
    Customer of(Stored event) {
        return event.customerId() == null ? null : byId.get(event.customerId());
    }
}
