package io.meterline.billing.line;

import io.meterline.price.Price;
import io.meterline.price.Split;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that a line is priced by.
 *
 * @param productName what it was called then
 * @param usage null for a flat fee
 * @param price null where no price takes the events, which are shown as unpriced
 * @param share of the calendar's period, for flat fees
 */
public record LineTerms(
        String productId,
        int productVersion,
        String productName,
        @Nullable MeasuredUsage usage,
        @Nullable Price price,
        Share share) {

    /** The same whatever the length of the period. */
    LineTerms ofWholePeriod() {
        return new LineTerms(productId, productVersion, productName, usage, price, Share.WHOLE);
    }

    /** The price of this period. Throws when there is none. */
    public Price thePrice() {
        return share.of(Objects.requireNonNull(price));
    }

    /** The fraction of a flat fee that the period costs, to 18 digits; null where the price is that of a whole period. */
    public @Nullable BigDecimal proratedBy() {
        return price == null || price.equals(thePrice()) ? null : share.fraction();
    }

    Split split() {
        return price == null ? Split.NONE : price.split();
    }
}
