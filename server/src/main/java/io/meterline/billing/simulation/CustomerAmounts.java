package io.meterline.billing.simulation;

import io.meterline.event.Period;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a customer, or one of its subscriptions, pays in each scenario.
 *
 * @param amounts of the baseline and the candidates, over all periods
 * @param periods adjoining; empty where only the sums were asked for
 */
public record CustomerAmounts(
        String customerId,
        @Nullable String externalCustomerId,
        @Nullable String subscriptionId,
        int periodCount,
        BigDecimal quantity,
        List<BigDecimal> amounts,
        List<PeriodAmounts> periods) {

    public CustomerAmounts {
        amounts = List.copyOf(amounts);
        periods = List.copyOf(periods);
    }

    /**
     * One period.
     *
     * @param events that the quantity counts
     */
    public record PeriodAmounts(Period period, BigDecimal quantity, long events, List<BigDecimal> amounts) {
        public PeriodAmounts {
            amounts = List.copyOf(amounts);
        }
    }
}
