package io.meterline.customer;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a customer shall be, as it was sent. {@link Customers} checks it.
 *
 * @param externalId 1..255 characters without control characters, and not of the form of our own ids
 * @param name 1..255 characters
 * @param currency ISO 4217, as in EUR
 * @param timeZone IANA name, as in Europe/Paris
 * @param properties flat: values are strings, numbers, booleans, null or arrays of those; null for none
 */
public record CustomerDraft(
        @Nullable String externalId,
        @Nullable String name,
        @Nullable String currency,
        @Nullable String timeZone,
        @Nullable ObjectNode properties) {

    /** A customer of which only the external id is known. */
    public static CustomerDraft of(String externalId) {
        return new CustomerDraft(externalId, null, null, null, null);
    }
}
