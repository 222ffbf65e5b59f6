package io.meterline.price;

import java.math.BigDecimal;

/**
 * A quantity, as a model sees it.
 *
 * @param total all that was used; negative where credits outweigh usage
 * @param charged what is left of it after the free units; the total itself where it is negative
 * @param withFlats false when nothing was used and flat amounts are skipped then
 */
public record Units(BigDecimal total, BigDecimal charged, boolean withFlats) {

    /** The units that cost nothing. */
    BigDecimal free() {
        return total.subtract(charged);
    }

    /** The flat amount, or zero where flat amounts are skipped. */
    BigDecimal flat(BigDecimal amount) {
        return withFlats ? amount : BigDecimal.ZERO;
    }
}
