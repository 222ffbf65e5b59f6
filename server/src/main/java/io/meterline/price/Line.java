package io.meterline.price;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One line of a breakdown: what it is about, and what it adds to the amount or takes off.
 *
 * <p>Where a line has a unit amount or a flat amount, its amount is quantity × unit amount + flat amount.
 *
 * @param tier number of the tier, null where there is none
 * @param quantity units, or packages, or events, or money, by the kind; null where nothing is counted
 */
public record Line(
        Kind kind,
        @Nullable Integer tier,
        @Nullable BigDecimal quantity,
        @Nullable BigDecimal unitAmount,
        @Nullable BigDecimal flatAmount,
        BigDecimal amount) {

    /** What a line is about; each adds to the amount unless it says otherwise. */
    public enum Kind {
        /** Units that cost nothing; in a percentage price, the money that is covered by an allowance. */
        FREE,
        /** An amount that does not depend on the quantity. */
        FLAT,
        /** Units, in a tier where the price has tiers. */
        UNITS,
        /** Packages, full or charged as full. */
        PACKAGES,
        /** The units of a package that was begun, at their share of its price. */
        PART_OF_PACKAGE,
        /** A share of money. */
        RATE,
        /** The fixed amount of each event that is charged. */
        FIXED,
        /** What lifts cheap events to the least that an event costs. */
        EVENT_MINIMUM,
        /** What is taken off dear events; never above zero. */
        EVENT_MAXIMUM,
        /** The discount; of the other sign than what it is taken off. */
        DISCOUNT,
        /** What is above the most that may be charged, taken off. */
        MAXIMUM,
        /** What lifts the amount to the least that is charged. */
        MINIMUM,
        /** From the exact amount to the minor unit of the currency, up or down. */
        ROUNDING
    }

    static Line of(Kind kind, BigDecimal amount) {
        return new Line(kind, null, null, null, null, amount);
    }

    static Line of(Kind kind, BigDecimal quantity, BigDecimal unitAmount) {
        return of(kind, quantity, unitAmount, quantity.multiply(unitAmount));
    }

    static Line of(Kind kind, BigDecimal quantity, @Nullable BigDecimal unitAmount, BigDecimal amount) {
        return new Line(kind, null, quantity, unitAmount, null, amount);
    }

    static Line flat(BigDecimal amount) {
        return new Line(Kind.FLAT, null, null, null, amount, amount);
    }

    static Line free(BigDecimal quantity) {
        return of(Kind.FREE, quantity, null, BigDecimal.ZERO);
    }

    static Line units(BigDecimal quantity, BigDecimal unitAmount) {
        return of(Kind.UNITS, quantity, unitAmount);
    }

    static Line tier(Tier tier, BigDecimal quantity, BigDecimal flatAmount) {
        BigDecimal amount = quantity.multiply(tier.unitAmount()).add(flatAmount);
        return new Line(Kind.UNITS, tier.number(), quantity, tier.unitAmount(), flatAmount, amount);
    }

    static Line step(Tier tier, BigDecimal quantity, BigDecimal flatAmount) {
        return new Line(Kind.UNITS, tier.number(), quantity, null, flatAmount, flatAmount);
    }
}
