package io.meterline.price;

import io.meterline.event.Decimals;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Quantities at which a curve is drawn. */
final class PreviewGrid {

    // Enough for a curve; more digits would only make the numbers on its axis unreadable.
    private static final int DIGITS_OF_A_STEP = 6;

    private PreviewGrid() {}

    /** Evenly spaced, both ends included; a step that does not come out even is rounded to 6 digits. */
    static NavigableSet<BigDecimal> even(BigDecimal from, BigDecimal to, int points) {
        TreeSet<BigDecimal> quantities = new TreeSet<>(List.of(from, to));
        BigDecimal span = to.subtract(from);
        BigDecimal steps = BigDecimal.valueOf(points - 1L);
        BigDecimal step = span.divide(steps, new MathContext(DIGITS_OF_A_STEP));
        int scale = Math.clamp(step.scale(), 0, Decimals.MAX_FRACTION_DIGITS);
        for (int i = 1; i < points - 1; i++) {
            BigDecimal offset = span.multiply(BigDecimal.valueOf(i)).divide(steps, scale, RoundingMode.HALF_UP);
            quantities.add(from.add(offset));
        }
        return quantities;
    }

    /**
     * The last quantity of each tier and the first of the next, as far as they lie between two quantities. The first of the
     * next is one further in the last digit in which the price and the two quantities are written: 11 after 10, 10.6 after
     * 10.5.
     */
    static NavigableSet<BigDecimal> changes(Price price, BigDecimal from, BigDecimal to) {
        List<BigDecimal> bounds = price.tierChanges();
        TreeSet<BigDecimal> changes = new TreeSet<>();
        int scale = Math.max(scale(from), scale(to));
        for (BigDecimal bound : bounds) {
            scale = Math.max(scale, scale(bound));
        }
        BigDecimal unit = BigDecimal.ONE.movePointLeft(scale);
        for (BigDecimal bound : bounds) {
            changes.add(bound);
            changes.add(bound.add(unit));
        }
        return new TreeSet<>(changes.subSet(from, true, to, true));
    }

    private static int scale(BigDecimal number) {
        return Math.max(0, number.stripTrailingZeros().scale());
    }
}
