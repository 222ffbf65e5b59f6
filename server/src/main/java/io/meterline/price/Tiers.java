package io.meterline.price;

import io.meterline.price.Bound.UpTo;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The tiers of a price: from nothing to everything without a gap, since each begins where the one before ends and only
 * the last is open. The first also holds what lies below zero.
 *
 * <p>Throws {@code IllegalArgumentException} when bounds do not rise, or when any but the last is open.
 */
public record Tiers(List<Tier> list) {

    public Tiers {
        list = List.copyOf(list);
        if (list.isEmpty() || list.getLast().upTo() instanceof UpTo) {
            throw new IllegalArgumentException("the last tier must be open");
        }
        BigDecimal below = BigDecimal.ZERO;
        for (Tier tier : list.subList(0, list.size() - 1)) {
            if (!(tier.upTo() instanceof UpTo(BigDecimal quantity)) || quantity.compareTo(below) <= 0) {
                throw new IllegalArgumentException("each tier must end above the one before");
            }
            below = quantity;
        }
    }

    /** The tier in which a quantity lies. */
    public Tier reachedBy(BigDecimal quantity) {
        for (Tier tier : list) {
            if (tier.upTo().holds(quantity)) {
                return tier;
            }
        }
        throw new IllegalStateException("the last tier is open");
    }

    /** The quantities at which one tier ends and the next begins, rising. */
    public List<BigDecimal> bounds() {
        List<BigDecimal> bounds = new ArrayList<>();
        for (Tier tier : list) {
            if (tier.upTo() instanceof UpTo(BigDecimal quantity)) {
                bounds.add(quantity);
            }
        }
        return bounds;
    }

    /** A line for each tier entered, with the units that lie in it. */
    List<Line> graduated(Units units) {
        List<Line> lines = new ArrayList<>();
        BigDecimal below = BigDecimal.ZERO;
        for (Tier tier : list) {
            BigDecimal top = tier.upTo().clip(units.charged());
            lines.add(Line.tier(tier, top.subtract(below), units.flat(tier.flatAmount())));
            if (tier.upTo().holds(units.charged())) {
                break;
            }
            below = top;
        }
        return lines;
    }
}
