package io.meterline.price;

import io.meterline.event.Decimals;
import java.math.BigDecimal;
import java.util.List;

/**
 * Units are sold in packages of a size; nothing at zero. What is credited for a negative quantity is whole packages, and
 * the incomplete one only where it is prorated.
 *
 * @param size units in a package, above zero
 * @param amount of a package
 * @param incomplete what the last package costs that was begun
 */
public record Packages(BigDecimal size, BigDecimal amount, Incomplete incomplete) implements Model.OfQuantity {

    /** What a package costs that is not used up. */
    public enum Incomplete {
        /** As much as a full one. */
        FULL,
        /** Its share, to 18 fractional digits: the only division that an amount goes through. */
        PRORATED,
        /** Nothing. */
        FREE
    }

    @Override
    public List<Line> lines(Units units) {
        BigDecimal whole = units.charged().divideToIntegralValue(size);
        BigDecimal rest = units.charged().remainder(size);
        return switch (incomplete) {
            case FULL -> List.of(packages(rest.signum() > 0 ? whole.add(BigDecimal.ONE) : whole));
            case FREE -> List.of(packages(whole));
            case PRORATED ->
                rest.signum() == 0 ? List.of(packages(whole)) : List.of(packages(whole), partOfPackage(rest));
        };
    }

    private Line packages(BigDecimal count) {
        return Line.of(Line.Kind.PACKAGES, count, amount);
    }

    private Line partOfPackage(BigDecimal rest) {
        return Line.of(Line.Kind.PART_OF_PACKAGE, rest, null, Decimals.divide(rest.multiply(amount), size));
    }
}
