package io.meterline.billing;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a change of a subscription may change.
 *
 * @param anchorMicros a time at which a period begins; null for the start of the subscription
 * @param products at least one, each once
 */
public record SubscriptionTerms(Interval interval, @Nullable Long anchorMicros, List<SubscribedProduct> products) {

    public SubscriptionTerms {
        products = List.copyOf(products);
    }

    /** The same, in the one form that they have for a subscription of that start. */
    SubscriptionTerms startingAt(long startMicros) {
        boolean isStart = anchorMicros != null && anchorMicros == startMicros;
        return isStart ? new SubscriptionTerms(interval, null, products) : this;
    }

    /** What they say of a product; empty when it is none of theirs. */
    public Optional<SubscribedProduct> product(String id) {
        return products.stream()
                .filter(product -> product.productId().equals(id))
                .findFirst();
    }

    boolean hasOverrides() {
        return products.stream().anyMatch(product -> !product.overrides().isEmpty());
    }
}
