package io.meterline.billing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of the terms of a subscription that has started. What is null stays as it is.
 *
 * @param anchorMicros left out with another interval, the periods are counted from where the change takes effect
 */
public record SubscriptionChange(
        Effective effective,
        @Nullable Interval interval,
        @Nullable Long anchorMicros,
        @Nullable List<SubscribedProduct> products) {}
