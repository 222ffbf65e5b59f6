package io.meterline.price;

import java.math.BigDecimal;

/** A percentage price over events that come one by one; what it keeps does not grow with their number. */
public final class RunningPrice {

    private final PercentageSum sum;
    private final Terms terms;

    RunningPrice(Percentage model, Terms terms) {
        this.sum = new PercentageSum(model);
        this.terms = terms;
    }

    /** The next event in the order of time. */
    public void add(BigDecimal amount) {
        sum.add(amount);
    }

    /** What the events so far cost, exactly. */
    public Breakdown breakdown() {
        return terms.applyTo(new Breakdown(sum.lines()));
    }
}
