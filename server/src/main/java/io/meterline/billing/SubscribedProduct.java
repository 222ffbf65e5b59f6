package io.meterline.billing;

import io.meterline.price.Price;
import io.meterline.store.Filter;
import java.util.List;

/**
 * A product that a subscription is for.
 *
 * @param overrides what it costs this customer, in place of all prices of the product; empty for those
 */
public record SubscribedProduct(String productId, List<OwnPrice> overrides) {

    public SubscribedProduct {
        overrides = List.copyOf(overrides);
    }

    /**
     * A price for this subscription alone, in its currency and for its interval.
     *
     * @param filter which of the product's events it prices, as in {@link ProductPrice}
     */
    public record OwnPrice(Filter filter, Price price) {}
}
