package io.meterline.customer;

import org.jspecify.annotations.Nullable;

/**
 * The customer of a stored event, for showing it.
 *
 * @param number what the event carries
 * @param canonicalNumber the customer that it counts for now
 * @param canonicalId {@code cus_…} of that one
 * @param canonicalExternalId its current external id
 */
public record CustomerRef(
        long number,
        long canonicalNumber,
        String canonicalId,
        @Nullable String canonicalExternalId) {}
