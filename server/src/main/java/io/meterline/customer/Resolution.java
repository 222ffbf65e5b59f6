package io.meterline.customer;

import org.jspecify.annotations.Nullable;

/** What a customer id of an event leads to. */
public sealed interface Resolution {

    /**
     * A customer.
     *
     * @param number the customer that the text itself names, before any merge: what the event carries
     * @param canonicalNumber the customer that it counts for now; the same when it is not merged
     * @param canonicalId {@code cus_…} of that one
     * @param externalId the current external id of the customer that the text itself names
     * @param created true when this call made it
     */
    record Resolved(
            long number,
            long canonicalNumber,
            String canonicalId,
            @Nullable String externalId,
            boolean created) implements Resolution {}

    /**
     * No customer.
     *
     * @param code {@code unknown_customer} or {@code invalid_customer_id}
     * @param message a sentence that says what to do
     */
    record Refused(String code, String message) implements Resolution {}
}
