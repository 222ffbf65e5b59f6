package io.meterline.price;

import java.util.List;

/**
 * All units cost what the tier says that the total reaches, and its flat amount is due. Free units count towards the
 * total, or they could lift the rest into a dearer tier and raise the price. A negative quantity is in the first tier.
 */
public record Volume(Tiers tiers) implements Model.OfQuantity {

    @Override
    public List<Line> lines(Units units) {
        Tier tier = tiers.reachedBy(units.total());
        return List.of(Line.tier(tier, units.charged(), units.flat(tier.flatAmount())));
    }
}
