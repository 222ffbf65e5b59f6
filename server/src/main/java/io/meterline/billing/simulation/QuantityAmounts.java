package io.meterline.billing.simulation;

import java.math.BigDecimal;
import java.util.List;

/** A hypothetical quantity, and what it costs by the baseline and the candidates. */
public record QuantityAmounts(BigDecimal quantity, List<BigDecimal> amounts) {
    public QuantityAmounts {
        amounts = List.copyOf(amounts);
    }
}
