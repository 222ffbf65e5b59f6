package io.meterline.billing.statement;

import io.meterline.event.Period;
import java.math.BigDecimal;

/**
 * What a closed statement should have charged for a product, and did not, since usage arrived or changed after the close.
 *
 * @param number of the closed statement
 * @param period of the closed statement
 * @param before all that was billed for it so far, earlier adjustments included
 * @param now what its usage costs today, by what was frozen at the close
 */
public record Adjustment(
        int number, Period period, String productId, String productName, BigDecimal before, BigDecimal now) {

    /** Positive for a charge, negative for a credit; never zero. */
    public BigDecimal amount() {
        return now.subtract(before);
    }
}
