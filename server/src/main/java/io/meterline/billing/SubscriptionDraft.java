package io.meterline.billing;

import java.time.ZoneId;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as it was asked for. Read and checked by {@link SubscriptionJson}.
 *
 * @param customerId one of our ids or an external id
 * @param externalId the company's own id of the subscription
 * @param currency null for that of the customer
 * @param startsAtMicros when the first period begins
 * @param endsAtMicros not part of the last period; null for a subscription that goes on
 * @param zone null for that of the customer, or UTC
 */
public record SubscriptionDraft(
        String customerId,
        @Nullable String externalId,
        @Nullable Currency currency,
        long startsAtMicros,
        @Nullable Long endsAtMicros,
        @Nullable ZoneId zone,
        SubscriptionTerms terms,
        StatementRules rules) {}
