package io.meterline.api;

import io.meterline.customer.Customer;
import io.meterline.event.Timestamps;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A customer in answers. */
record CustomerView(
        String id,
        @Nullable String externalId,
        @Nullable String name,
        @Nullable String currency,
        @Nullable String timeZone,
        ObjectNode properties,
        String status,
        String createdAt,
        String updatedAt) {

    static CustomerView of(Customer customer) {
        return new CustomerView(
                customer.id(),
                customer.externalId(),
                customer.name(),
                customer.currency(),
                customer.timeZone(),
                customer.properties(),
                customer.status().text(),
                Timestamps.text(customer.createdAtMicros()),
                Timestamps.text(customer.updatedAtMicros()));
    }
}
