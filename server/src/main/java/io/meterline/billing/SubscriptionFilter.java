package io.meterline.billing;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which subscriptions are listed.
 *
 * @param customers the numbers of one customer and of those merged into it; null for all customers
 * @param productId of a product that they have now or will have; null for any
 */
record SubscriptionFilter(
        Set<SubscriptionStatus> statuses,
        @Nullable Set<Long> customers,
        @Nullable String externalId,
        @Nullable String productId) {}
