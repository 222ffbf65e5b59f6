package io.meterline.price;

import io.meterline.price.Percentage.Allowance;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What is left of an {@link Allowance} as events go by. Once used up it stays so. */
final class AllowanceLeft {

    private @Nullable BigDecimal events;
    private @Nullable BigDecimal amount;
    private boolean usedUp;

    AllowanceLeft(Allowance allowance) {
        this.events = allowance.events();
        this.amount = allowance.amount();
    }

    /** Whether the event that was covered last has to pay, for all of its amount or for the rest. */
    boolean isUsedUp() {
        return usedUp;
    }

    /** How much of the amount of the next event is free. */
    BigDecimal cover(BigDecimal wanted) {
        if (usedUp || isZero(events) || isZero(amount)) {
            usedUp = true;
            return BigDecimal.ZERO;
        }
        events = events == null ? null : events.subtract(BigDecimal.ONE);
        if (amount == null) {
            return wanted;
        }
        BigDecimal covered = wanted.min(amount);
        usedUp = wanted.compareTo(amount) > 0;
        amount = amount.subtract(covered);
        return covered;
    }

    private static boolean isZero(@Nullable BigDecimal left) {
        return left != null && left.signum() == 0;
    }
}
