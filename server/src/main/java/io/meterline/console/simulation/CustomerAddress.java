package io.meterline.console.simulation;

import io.meterline.console.Api;
import io.meterline.console.Visit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which customers of a result are looked at, as the page's address says it.
 *
 * @param base of the page
 * @param candidate that the order is about; null for the first
 */
record CustomerAddress(
        String base,
        String id,
        @Nullable String candidate,
        @Nullable String change,
        boolean ascending,
        String customer,
        int skip) {

    static CustomerAddress of(Visit visit, String id) {
        return new CustomerAddress(
                visit.path("/simulations/" + id),
                id,
                visit.query().text("candidate").orElse(null),
                visit.query().text("change").orElse(null),
                visit.query().text("order").filter("asc"::equals).isPresent(),
                visit.query().text("customer").orElse(""),
                visit.query().integer("skip", 0, 0, 10_000));
    }

    CustomerAddress at(int other) {
        return new CustomerAddress(base, id, candidate, change, ascending, customer, other);
    }

    CustomerAddress changing(@Nullable String other) {
        return new CustomerAddress(base, id, candidate, other, ascending, customer, 0);
    }

    CustomerAddress sorted(boolean other) {
        return new CustomerAddress(base, id, candidate, change, other, customer, 0);
    }

    CustomerAddress of(String other) {
        return new CustomerAddress(base, id, candidate, change, ascending, other, 0);
    }

    String page() {
        List<String> query = new ArrayList<>();
        add(query, "candidate", candidate);
        add(query, "change", change);
        add(query, "order", ascending ? "asc" : null);
        add(query, "customer", customer);
        add(query, "skip", skip == 0 ? null : Integer.toString(skip));
        return base + (query.isEmpty() ? "" : "?" + String.join("&", query)) + "#customers";
    }

    String target(int take, String about) {
        List<String> query = new ArrayList<>();
        add(query, "take", Integer.toString(take));
        add(query, "candidate", about);
        add(query, "change", change);
        add(query, "order", ascending ? "asc" : null);
        add(query, "customer_id", customer);
        add(query, "skip", skip == 0 ? null : Integer.toString(skip));
        return "/v1/simulations/" + id + "/customers?" + String.join("&", query);
    }

    private static void add(List<String> query, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            query.add(name + "=" + Api.encode(value));
        }
    }
}
