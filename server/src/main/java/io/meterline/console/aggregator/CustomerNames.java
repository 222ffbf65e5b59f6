package io.meterline.console.aggregator;

import io.meterline.console.Address;
import io.meterline.console.Api;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What customers are called, asked for all of a page at once. */
public final class CustomerNames {

    /** Knows nobody. */
    public static final CustomerNames NONE = new CustomerNames(Map.of());

    private static final int MOST = 100;

    private final Map<String, String> names;

    private CustomerNames(Map<String, String> names) {
        this.names = names;
    }

    private record Customers(List<Customer> data) {}

    private record Customer(
            String id,
            @Nullable String externalId,
            @Nullable String name) {}

    /** Those of the customers of events. */
    public static CustomerNames of(Api api, List<Events.Item> events) {
        Set<String> ids = new LinkedHashSet<>();
        for (Events.Item event : events) {
            add(ids, event.externalCustomerId());
        }
        return named(api, ids);
    }

    /** Those of groups by customer. */
    static CustomerNames ofGroups(Api api, List<Usage.Group> groups) {
        Set<String> ids = new LinkedHashSet<>();
        for (Usage.Group group : groups) {
            add(ids, group.key().get("external_customer_id"));
        }
        return named(api, ids);
    }

    // A comma would make two of it.
    private static void add(Set<String> ids, @Nullable String id) {
        if (id != null && !id.isBlank() && id.indexOf(',') < 0 && ids.size() < MOST) {
            ids.add(id);
        }
    }

    private static CustomerNames named(Api api, Set<String> asked) {
        if (asked.isEmpty()) {
            return NONE;
        }
        Address target = Address.of("/v1/customers")
                .with("status", "active,archived,automatically_created")
                .with("external_id", String.join(",", asked))
                .with("take", MOST);
        Map<String, String> names = new HashMap<>();
        for (Customer customer : api.get(target.text(), Customers.class).data()) {
            String name = customer.name();
            if (name != null) {
                names.put(customer.id(), name);
            }
        }
        return new CustomerNames(names);
    }

    /** What one customer is called. */
    public static String one(Api api, String id) {
        Customer customer = api.get("/v1/customers/" + Api.encode(id), Customer.class);
        String name = customer.name();
        String externalId = customer.externalId();
        return name != null ? name : externalId != null ? externalId : customer.id();
    }

    /** The name, else the company's own id, else ours. */
    public String of(@Nullable String id, @Nullable String externalId) {
        String name = id == null ? null : names.get(id);
        if (name != null) {
            return name;
        }
        return externalId != null ? externalId : id == null ? "no customer" : id;
    }
}
