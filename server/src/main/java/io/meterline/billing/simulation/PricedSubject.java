package io.meterline.billing.simulation;

import io.meterline.event.Period;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the scenarios come to for a customer or one of its subscriptions.
 *
 * @param customer number of the customer that counts
 * @param periods adjoining, at least one
 */
record PricedSubject(long customer, @Nullable String subscription, List<PricedPeriod> periods) {

    /**
     * One period.
     *
     * @param quantity of all lines of the baseline
     * @param events that they count
     * @param amounts of the baseline and the candidates, each the sum of its rounded lines
     * @param unpriced events that no price takes, in the same order
     */
    record PricedPeriod(
            Period period, BigDecimal quantity, long events, List<BigDecimal> amounts, List<Long> unpriced) {}

    /** The sum of a scenario over all periods. */
    BigDecimal total(int scenario) {
        BigDecimal total = BigDecimal.ZERO;
        for (PricedPeriod period : periods) {
            total = total.add(period.amounts().get(scenario));
        }
        return total;
    }

    /** The sums of all scenarios. */
    List<BigDecimal> totals() {
        return IntStream.range(0, periods.getFirst().amounts().size())
                .mapToObj(this::total)
                .toList();
    }

    /** The sum of the quantities over all periods. */
    BigDecimal quantity() {
        BigDecimal total = BigDecimal.ZERO;
        for (PricedPeriod period : periods) {
            total = total.add(period.quantity());
        }
        return total;
    }
}
