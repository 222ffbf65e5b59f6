package io.meterline.price;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What every price may have besides its model. Taken in this order: free units, the model, the discount, the maximum, the
 * minimum.
 *
 * @param freeUnits taken off what was used, down to zero
 * @param discountPercent 0 to 100, of what the model says; of a credit too
 * @param maximumAmount the most that is charged, null for none
 * @param minimumAmount the least that is charged, also when nothing is used; null for none
 * @param zeroUsageFlat whether flat amounts are due when nothing is used
 */
public record Terms(
        BigDecimal freeUnits,
        BigDecimal discountPercent,
        @Nullable BigDecimal maximumAmount,
        @Nullable BigDecimal minimumAmount,
        ZeroUsageFlat zeroUsageFlat) {

    /** The model alone. */
    public static final Terms NONE = new Terms(BigDecimal.ZERO, BigDecimal.ZERO, null, null, ZeroUsageFlat.CHARGE);

    /** What happens to flat amounts when nothing is used. */
    public enum ZeroUsageFlat {
        CHARGE,
        SKIP
    }

    Units units(BigDecimal total) {
        BigDecimal charged = total.signum() <= 0 ? total : total.subtract(freeUnits.min(total));
        return new Units(total, charged, total.signum() != 0 || zeroUsageFlat == ZeroUsageFlat.CHARGE);
    }

    /** The discount, the maximum and the minimum, as lines of their own. */
    Breakdown applyTo(Breakdown priced) {
        return atLeast(atMost(discounted(priced)));
    }

    private Breakdown discounted(Breakdown priced) {
        BigDecimal discount = priced.total().multiply(discountPercent).movePointLeft(2);
        return discount.signum() == 0 ? priced : priced.and(Line.of(Line.Kind.DISCOUNT, discount.negate()));
    }

    private Breakdown atMost(Breakdown priced) {
        if (maximumAmount == null || priced.total().compareTo(maximumAmount) <= 0) {
            return priced;
        }
        return priced.and(Line.of(Line.Kind.MAXIMUM, maximumAmount.subtract(priced.total())));
    }

    private Breakdown atLeast(Breakdown priced) {
        if (minimumAmount == null || priced.total().compareTo(minimumAmount) >= 0) {
            return priced;
        }
        return priced.and(Line.of(Line.Kind.MINIMUM, minimumAmount.subtract(priced.total())));
    }
}
