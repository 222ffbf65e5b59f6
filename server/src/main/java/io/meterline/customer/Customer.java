package io.meterline.customer;

import io.meterline.event.Environment;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A customer as it is shown.
 *
 * @param number what events carry; not shown
 * @param id {@code cus_…}
 * @param externalId the company's own id, null when it gave none
 * @param currency ISO 4217, as in EUR
 * @param timeZone IANA name, as in Europe/Paris
 * @param properties flat JSON
 */
public record Customer(
        long number,
        String id,
        Environment environment,
        @Nullable String externalId,
        @Nullable String name,
        @Nullable String currency,
        @Nullable String timeZone,
        ObjectNode properties,
        CustomerStatus status,
        long createdAtMicros,
        long updatedAtMicros) {

    /** What may be changed of it. */
    public CustomerDraft draft() {
        return new CustomerDraft(externalId, name, currency, timeZone, properties);
    }
}
