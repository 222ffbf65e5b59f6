package io.meterline.price;

import io.meterline.event.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a price asks at some quantities, and what is surprising about it.
 *
 * @param points in the order asked; those where tiers change stand in their place in a range, and after the others in a list
 */
public record Preview(List<Point> points, List<Warning> warnings) {

    /**
     * One point of the curve.
     *
     * @param quantity units; in a percentage price the sum of the events
     * @param averageUnitAmount the exact amount by the quantity, to 18 fractional digits; null at zero
     * @param tierChange whether it is the last quantity of a tier or the first of the next
     */
    public record Point(
            BigDecimal quantity, Charge charge, @Nullable BigDecimal averageUnitAmount, boolean tierChange) {}

    /**
     * A surprise.
     *
     * @param code stable, in snake_case
     * @param path of the field that causes it
     * @param quantity where it shows, null where it is not about one quantity
     */
    public record Warning(
            String code,
            String message,
            String path,
            @Nullable BigDecimal quantity) {}

    public Preview {
        points = List.copyOf(points);
        warnings = List.copyOf(warnings);
    }

    /** These quantities, and after them where tiers change between the least and the greatest. */
    public static Preview of(Price price, Currency currency, List<BigDecimal> quantities) {
        NavigableSet<BigDecimal> asked = new TreeSet<>(quantities);
        NavigableSet<BigDecimal> changes =
                asked.isEmpty() ? new TreeSet<>() : PreviewGrid.changes(price, asked.first(), asked.last());
        List<BigDecimal> all = new ArrayList<>(quantities);
        changes.stream().filter(change -> !asked.contains(change)).forEach(all::add);
        return at(all, changes, price, currency);
    }

    /**
     * So many quantities from one to another, both included, and where tiers change between them.
     *
     * @param points at least 2
     */
    public static Preview range(Price price, Currency currency, BigDecimal from, BigDecimal to, int points) {
        NavigableSet<BigDecimal> changes = PreviewGrid.changes(price, from, to);
        NavigableSet<BigDecimal> all = PreviewGrid.even(from, to, points);
        all.addAll(changes);
        return at(all, changes, price, currency);
    }

    /** One point for all of the events. */
    public static Preview ofEvents(Price price, Currency currency, List<BigDecimal> amounts) {
        BigDecimal sum = amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        Charge charge = price.charge(Usage.ofEvents(amounts), currency);
        return new Preview(List.of(point(sum, charge, false)), PreviewWarnings.of(price, currency));
    }

    private static Preview at(
            Iterable<BigDecimal> quantities, NavigableSet<BigDecimal> changes, Price price, Currency currency) {
        List<Point> points = new ArrayList<>();
        for (BigDecimal quantity : quantities) {
            Charge charge = price.charge(Usage.of(quantity), currency);
            points.add(point(quantity, charge, changes.contains(quantity)));
        }
        return new Preview(points, PreviewWarnings.of(price, currency));
    }

    private static Point point(BigDecimal quantity, Charge charge, boolean tierChange) {
        BigDecimal average = quantity.signum() == 0 ? null : Decimals.divide(charge.exactAmount(), quantity);
        return new Point(Decimals.canonical(quantity), charge, average, tierChange);
    }
}
