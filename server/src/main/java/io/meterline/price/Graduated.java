package io.meterline.price;

import java.util.List;

/**
 * Each tier prices its own units, and its flat amount is due once the tier is entered. The first tier is entered from the
 * start; a negative quantity is a credit at its unit amount.
 */
public record Graduated(Tiers tiers) implements Model.OfQuantity {

    @Override
    public List<Line> lines(Units units) {
        return tiers.graduated(units);
    }
}
