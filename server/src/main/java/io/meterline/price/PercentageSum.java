package io.meterline.price;

import io.meterline.price.Line.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What the events so far cost under a percentage price; a few figures, however many events there are. */
final class PercentageSum {

    private final Percentage price;
    private final AllowanceLeft allowance;
    private BigDecimal free = BigDecimal.ZERO;
    private BigDecimal rated = BigDecimal.ZERO;
    private long charged;
    private long raised;
    private long lowered;
    private BigDecimal raisedBy = BigDecimal.ZERO;
    private BigDecimal loweredBy = BigDecimal.ZERO;

    PercentageSum(Percentage price) {
        this.price = price;
        this.allowance = new AllowanceLeft(price.allowance());
    }

    void add(BigDecimal amount) {
        if (amount.signum() < 0) {
            rated = rated.add(amount);
            return;
        }
        BigDecimal covered = allowance.cover(amount);
        free = free.add(covered);
        if (allowance.isUsedUp()) {
            charge(amount.subtract(covered));
        }
    }

    private void charge(BigDecimal amount) {
        rated = rated.add(amount);
        charged++;
        BigDecimal fee = amount.multiply(price.rate()).add(price.fixedAmount());
        BigDecimal max = price.maxPerEvent();
        BigDecimal min = price.minPerEvent();
        if (max != null && fee.compareTo(max) > 0) {
            lowered++;
            loweredBy = loweredBy.add(max.subtract(fee));
        } else if (min != null && fee.compareTo(min) < 0) {
            raised++;
            raisedBy = raisedBy.add(min.subtract(fee));
        }
    }

    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        if (free.signum() != 0) {
            lines.add(Line.free(free));
        }
        lines.add(Line.of(Kind.RATE, rated, price.rate()));
        if (price.fixedAmount().signum() != 0 && charged > 0) {
            lines.add(Line.of(Kind.FIXED, BigDecimal.valueOf(charged), price.fixedAmount()));
        }
        if (raised > 0) {
            lines.add(Line.of(Kind.EVENT_MINIMUM, BigDecimal.valueOf(raised), null, raisedBy));
        }
        if (lowered > 0) {
            lines.add(Line.of(Kind.EVENT_MAXIMUM, BigDecimal.valueOf(lowered), null, loweredBy));
        }
        return lines;
    }
}
