package io.meterline.price;

import java.util.List;

/**
 * {@link Graduated} over an amount of money: the unit amount of a tier is its rate, so that {@code 0.029} is 2.9 % of what
 * lies in the tier.
 */
public record GraduatedPercentage(Tiers tiers) implements Model.OfQuantity {

    @Override
    public List<Line> lines(Units units) {
        return tiers.graduated(units);
    }
}
