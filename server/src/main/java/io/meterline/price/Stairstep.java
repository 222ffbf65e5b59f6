package io.meterline.price;

import java.util.List;

/** The flat amount of the tier reached, however full it is. A negative quantity is in the first tier. */
public record Stairstep(Tiers tiers) implements Model.OfQuantity {

    @Override
    public List<Line> lines(Units units) {
        Tier tier = tiers.reachedBy(units.charged());
        return List.of(Line.step(tier, units.charged(), units.flat(tier.flatAmount())));
    }
}
