package io.meterline.price;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A share of the amount of each event, and a fixed amount for each.
 *
 * <p>Events are free, in the order of time, until an allowance runs out. The event that crosses the free amount pays the
 * rate on what is above it, and its fixed amount. A refund, an event of a negative amount, is credited the rate alone: no
 * fixed amount, no least or most, and it neither uses an allowance up nor gives it back.
 *
 * @param rate {@code 0.029} is 2.9 %
 * @param fixedAmount of each event that is charged
 * @param allowance what is free
 * @param minPerEvent the least that an event costs which is charged, its fixed amount included; null for none
 * @param maxPerEvent the most, likewise
 */
public record Percentage(
        BigDecimal rate,
        BigDecimal fixedAmount,
        Allowance allowance,
        @Nullable BigDecimal minPerEvent,
        @Nullable BigDecimal maxPerEvent)
        implements Model.OfEvents {

    /**
     * What is free of the events of a period. With both, the one that runs out first ends it.
     *
     * @param events how many, null for any number
     * @param amount how much of their amounts, null for any amount
     */
    public record Allowance(
            @Nullable BigDecimal events, @Nullable BigDecimal amount) {

        /** Nothing is free. */
        public static final Allowance NONE = new Allowance(BigDecimal.ZERO, null);

        public Allowance {
            if (events == null && amount == null) {
                throw new IllegalArgumentException("an allowance has a limit");
            }
        }
    }

    @Override
    public List<Line> lines(Iterable<BigDecimal> amounts) {
        PercentageSum sum = new PercentageSum(this);
        amounts.forEach(sum::add);
        return sum.lines();
    }
}
