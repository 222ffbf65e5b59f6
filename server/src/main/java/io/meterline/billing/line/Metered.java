package io.meterline.billing.line;

import io.meterline.price.Breakdown;
import io.meterline.price.Charge;
import io.meterline.price.Price;
import io.meterline.price.Usage;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;

/**
 * The usage of one period.
 *
 * @param quantity of all parts
 * @param events how many events that is
 * @param parts what a price takes alone: one, or one for each group and window that the price splits usage by
 * @param fees of the parts, where the price looks at each event; then there are no quantities to price
 */
record Metered(BigDecimal quantity, long events, List<BigDecimal> parts, List<Breakdown> fees) {

    Metered {
        parts = List.copyOf(parts);
        fees = List.copyOf(fees);
    }

    Charge charge(Price price, Currency currency) {
        return price.pricesEvents()
                ? Price.chargeOf(fees, currency)
                : price.charge(parts.stream().map(Usage::of).toList(), currency);
    }
}
