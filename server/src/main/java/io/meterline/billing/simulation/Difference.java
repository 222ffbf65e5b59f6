package io.meterline.billing.simulation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a candidate differs from the baseline, over all customers. */
final class Difference {

    private static final List<BigDecimal> BOUNDS = List.of(
            percent(-50),
            percent(-20),
            percent(-10),
            percent(-5),
            percent(0),
            percent(5),
            percent(10),
            percent(20),
            percent(50),
            percent(100));

    private final Share winners;
    private final Share losers;
    private final Share fromZero;
    private final List<Bucket> buckets = new ArrayList<>();
    private long unchanged;
    private @Nullable Extreme increase;
    private @Nullable Extreme decrease;

    Difference(BigDecimal nothing) {
        this.winners = new Share(nothing);
        this.losers = new Share(nothing);
        this.fromZero = new Share(nothing);
        for (int i = 0; i <= BOUNDS.size(); i++) {
            buckets.add(new Bucket(
                    i == 0 ? null : BOUNDS.get(i - 1), i == BOUNDS.size() ? null : BOUNDS.get(i), new Share(nothing)));
        }
    }

    private static BigDecimal percent(int percent) {
        return BigDecimal.valueOf(percent);
    }

    /** Some customers and what they pay more, or less where it is negative. */
    static final class Share {
        private long customers;
        private BigDecimal difference;

        Share(BigDecimal nothing) {
            this.difference = nothing;
        }

        private void add(BigDecimal more) {
            customers++;
            difference = difference.add(more);
        }

        long customers() {
            return customers;
        }

        BigDecimal difference() {
            return difference;
        }
    }

    /**
     * Those whose change lies in {@code [from, to)}, in percent of the baseline.
     *
     * @param from null for no bound
     * @param to null for no bound
     */
    record Bucket(@Nullable BigDecimal from, @Nullable BigDecimal to, Share share) {}

    /** Who changes most. */
    record Extreme(long customer, @Nullable String subscription, BigDecimal baseline, BigDecimal amount) {

        BigDecimal difference() {
            return amount.subtract(baseline);
        }
    }

    void add(long customer, @Nullable String subscription, BigDecimal baseline, BigDecimal amount) {
        BigDecimal difference = amount.subtract(baseline);
        if (difference.signum() == 0) {
            unchanged++;
            return;
        }
        if (difference.signum() > 0) {
            losers.add(difference);
            if (increase == null || difference.compareTo(increase.difference()) > 0) {
                increase = new Extreme(customer, subscription, baseline, amount);
            }
        } else {
            winners.add(difference);
            if (decrease == null || difference.compareTo(decrease.difference()) < 0) {
                decrease = new Extreme(customer, subscription, baseline, amount);
            }
        }
        if (baseline.signum() == 0) {
            fromZero.add(difference);
        } else {
            bucket(baseline, difference).share().add(difference);
        }
    }

    private Bucket bucket(BigDecimal baseline, BigDecimal difference) {
        BigDecimal hundredfold = difference.movePointRight(2);
        int index = 0;
        while (index < BOUNDS.size() && hundredfold.compareTo(BOUNDS.get(index).multiply(baseline.abs())) >= 0) {
            index++;
        }
        return buckets.get(index);
    }

    /** Those who pay less. */
    Share winners() {
        return winners;
    }

    /** Those who pay more. */
    Share losers() {
        return losers;
    }

    long unchanged() {
        return unchanged;
    }

    /** Those who paid nothing and pay something: there is no percentage. */
    Share fromZero() {
        return fromZero;
    }

    /** All others who pay more or less, by percentage. */
    List<Bucket> buckets() {
        return List.copyOf(buckets);
    }

    /** Null when nobody pays more. */
    @Nullable
    Extreme increase() {
        return increase;
    }

    /** Null when nobody pays less. */
    @Nullable
    Extreme decrease() {
        return decrease;
    }
}
