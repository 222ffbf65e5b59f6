package io.meterline.billing.simulation;

import io.meterline.billing.simulation.PricedSubject.PricedPeriod;
import io.meterline.event.Period;
import io.meterline.event.Timestamps;
import io.meterline.price.Currencies;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The sums of a simulation over everybody; a few figures, however many customers there are. */
final class Tally {

    private final ZoneId zone;
    private final BigDecimal nothing;
    private final int scenarios;
    private final List<Difference> differences = new ArrayList<>();
    private final NavigableMap<YearMonth, Month> months = new TreeMap<>();
    private final Map<Skipped, Long> skipped = new EnumMap<>(Skipped.class);
    private final NavigableMap<String, Long> excluded = new TreeMap<>();
    private final BigDecimal[] totals;
    private final long[] unpriced;
    private long subjects;
    private long periods;
    private boolean isApproximate;

    Tally(SimulationPlan plan) {
        this.zone = plan.request().zone();
        this.nothing = BigDecimal.ZERO.setScale(Currencies.decimals(plan.currency()));
        this.scenarios = plan.scenarios();
        this.totals = new BigDecimal[scenarios];
        this.unpriced = new long[scenarios];
        for (int i = 0; i < scenarios; i++) {
            totals[i] = nothing;
        }
        for (int i = 1; i < scenarios; i++) {
            differences.add(new Difference(nothing));
        }
        if (plan.request().by() == By.CALENDAR_MONTH) {
            plan.months().forEach(this::month);
        }
    }

    /** What falls into one month of the series. */
    static final class Month {
        private final BigDecimal[] amounts;
        private BigDecimal quantity = BigDecimal.ZERO;
        private long periods;

        Month(int scenarios, BigDecimal nothing) {
            this.amounts = new BigDecimal[scenarios];
            for (int i = 0; i < scenarios; i++) {
                amounts[i] = nothing;
            }
        }

        private void add(PricedPeriod period) {
            for (int i = 0; i < amounts.length; i++) {
                amounts[i] = amounts[i].add(period.amounts().get(i));
            }
            quantity = quantity.add(period.quantity());
            periods++;
        }

        BigDecimal amount(int scenario) {
            return amounts[scenario];
        }

        BigDecimal quantity() {
            return quantity;
        }

        long periods() {
            return periods;
        }
    }

    void skip(Skipped why, long count) {
        skipped.merge(why, count, Long::sum);
    }

    void exclude(Map<String, Long> events) {
        events.forEach((reason, count) -> excluded.merge(reason, count, Long::sum));
    }

    /** Somebody was measured by what there is today. */
    void approximate() {
        isApproximate = true;
    }

    void add(PricedSubject subject) {
        subjects++;
        BigDecimal[] sums = new BigDecimal[scenarios];
        for (int i = 0; i < scenarios; i++) {
            sums[i] = subject.total(i);
            totals[i] = totals[i].add(sums[i]);
        }
        for (int i = 1; i < scenarios; i++) {
            differences.get(i - 1).add(subject.customer(), subject.subscription(), sums[0], sums[i]);
        }
        for (PricedPeriod period : subject.periods()) {
            periods++;
            month(period.period()).add(period);
            for (int i = 0; i < scenarios; i++) {
                unpriced[i] += period.unpriced().get(i);
            }
        }
    }

    private Month month(Period period) {
        // Its last moment: a period that ends with January is one of January.
        LocalDate end = LocalDate.ofInstant(Timestamps.instant(period.toMicros() - 1), zone);
        return months.computeIfAbsent(YearMonth.from(end), _ -> new Month(scenarios, nothing));
    }

    long subjects() {
        return subjects;
    }

    long periods() {
        return periods;
    }

    BigDecimal total(int scenario) {
        return totals[scenario];
    }

    long unpriced(int scenario) {
        return unpriced[scenario];
    }

    /** Of a candidate, counted from 0. */
    Difference difference(int candidate) {
        return differences.get(candidate);
    }

    NavigableMap<YearMonth, Month> months() {
        return months;
    }

    Map<Skipped, Long> skipped() {
        return skipped;
    }

    NavigableMap<String, Long> excluded() {
        return excluded;
    }

    boolean isApproximate() {
        return isApproximate;
    }
}
