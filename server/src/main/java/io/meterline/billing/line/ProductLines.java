package io.meterline.billing.line;

import io.meterline.billing.Interval;
import io.meterline.billing.ProductDefinition;
import io.meterline.billing.SubscribedProduct.OwnPrice;
import io.meterline.control.Versioned;
import io.meterline.meter.Aggregator;
import io.meterline.price.Price;
import io.meterline.store.Filter;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a product: one for each price, and one for the events that no price takes. Each event is priced by the first
 * price whose filter it passes, the rest by the one without a filter.
 *
 * @param aggregator what measures it; null for a flat fee
 */
public record ProductLines(
        Versioned<ProductDefinition> product, @Nullable Aggregator aggregator) {

    /** The prices of the product for a currency and an interval. */
    public List<OwnPrice> prices(Currency currency, Interval interval) {
        return product.definition().prices().stream()
                .filter(price ->
                        price.currency().equals(currency) && price.interval().equals(interval))
                .map(price -> new OwnPrice(price.filter(), price.price()))
                .toList();
    }

    /** The lines by these prices. */
    public List<LineTerms> of(List<OwnPrice> prices, Share share) {
        List<LineTerms> lines = new ArrayList<>();
        List<Filter> all = prices.stream()
                .map(OwnPrice::filter)
                .filter(filter -> !filter.equals(Filter.NONE))
                .toList();
        List<Filter> earlier = new ArrayList<>();
        boolean rest = false;
        for (OwnPrice price : prices) {
            if (price.filter().equals(Filter.NONE)) {
                rest = true;
                lines.add(line(Filter.NONE, all, price.price(), share));
            } else {
                lines.add(line(price.filter(), earlier, price.price(), share));
                earlier.add(price.filter());
            }
        }
        if (!rest) {
            lines.add(line(Filter.NONE, all, null, share));
        }
        return lines;
    }

    private LineTerms line(Filter filter, List<Filter> before, @Nullable Price price, Share share) {
        ProductDefinition definition = product.definition();
        MeasuredUsage usage = null;
        if (definition.type().isMeasured()) {
            Aggregator measuring = Objects.requireNonNull(aggregator);
            usage = new MeasuredUsage(
                    measuring.id(), measuring.version(), measuring.definition(), definition.filter(), filter, before);
        }
        return new LineTerms(product.id(), product.version(), definition.name(), usage, price, share);
    }
}
