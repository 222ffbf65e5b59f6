package io.meterline.billing;

import io.meterline.price.Model;
import io.meterline.store.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is sold. Read and checked by {@link ProductJson}.
 *
 * @param aggregatorId what measures its usage; null for a flat fee
 * @param filter which events are its usage; the others are no part of it
 * @param prices at least one; each event is priced by the first whose filter it passes, the rest by the one without a
 *     filter, or shown as unpriced
 */
public record ProductDefinition(
        String name, ProductType type, @Nullable String aggregatorId, Filter filter, List<ProductPrice> prices) {

    public ProductDefinition {
        prices = List.copyOf(prices);
    }

    /** Whether a price looks at the amounts of single events. */
    boolean pricesEvents() {
        return prices.stream().anyMatch(price -> price.price().model() instanceof Model.OfEvents);
    }
}
