package io.meterline.billing.line;

import io.meterline.price.Charge;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a line came to.
 *
 * @param quantity null for a flat fee; where the usage is split, the sum of its parts
 * @param events how many events it counts
 * @param excluded events that could not be counted, by reason
 * @param charge null where it is unpriced
 */
public record PricedLine(
        LineTerms terms,
        @Nullable BigDecimal quantity,
        long events,
        Map<String, Long> excluded,
        @Nullable Charge charge) {

    public PricedLine {
        excluded = Map.copyOf(excluded);
    }

    /** In the minor unit of the currency; zero where it is unpriced. */
    public BigDecimal amount() {
        return charge == null ? BigDecimal.ZERO : charge.amount();
    }

    /** Whether there are events that no price takes. */
    public boolean isUnpriced() {
        return charge == null && events > 0;
    }
}
