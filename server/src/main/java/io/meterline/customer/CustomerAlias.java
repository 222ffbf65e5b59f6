package io.meterline.customer;

import org.jspecify.annotations.Nullable;

/**
 * A text, other than its own id and external id, that leads to a customer.
 *
 * @param text an earlier external id, or an id or external id of a customer that was merged
 * @param mergedCustomerId the merged customer that it comes from ({@code cus_…}), null for an earlier external id of the
 *     customer itself
 * @param sinceMicros when it became an alias of this customer, or was first used for it
 */
public record CustomerAlias(String text, @Nullable String mergedCustomerId, long sinceMicros) {}
