package io.meterline.price;

import io.meterline.event.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;

/**
 * How usage becomes an amount of money.
 *
 * @param split what usage is split by before it comes here; whoever asks does the splitting
 */
public record Price(Model model, Terms terms, Split split) {

    public static Price of(Model model) {
        return new Price(model, Terms.NONE, Split.NONE);
    }

    /** What this usage costs, taken as a whole. */
    public Charge charge(Usage usage, Currency currency) {
        return Charge.of(breakdown(usage), currency);
    }

    /** What these groups or windows cost: each is priced alone, and the sum is rounded. */
    public Charge charge(Collection<? extends Usage> parts, Currency currency) {
        return Charge.of(Breakdown.sum(parts.stream().map(this::breakdown).toList()), currency);
    }

    /** The same of parts that were priced already. */
    public static Charge chargeOf(Collection<Breakdown> parts, Currency currency) {
        return Charge.of(Breakdown.sum(parts), currency);
    }

    /** Whether it looks at the amount of each event, so that it takes {@link Usage.Events}. */
    public boolean pricesEvents() {
        return model instanceof Model.OfEvents;
    }

    /**
     * The price over events that come one by one.
     *
     * @throws IllegalArgumentException when it does not look at events
     */
    public RunningPrice running() {
        return switch (model) {
            case Percentage percentage -> new RunningPrice(percentage, terms);
            case Model.OfQuantity _ -> throw new IllegalArgumentException("this price takes a quantity");
        };
    }

    /**
     * The share of a flat fee that a part of a period costs; any other price stays as it is, also a flat fee of each window,
     * of which a part of a period has fewer.
     */
    public Price forPart(BigDecimal part, BigDecimal whole) {
        return switch (model) {
            case Flat(BigDecimal amount)
            when split.window() == null ->
                new Price(new Flat(Decimals.divide(amount.multiply(part), whole)), terms, split);
            case Model.OfQuantity _, Model.OfEvents _ -> this;
        };
    }

    /** The total of the {@link #breakdown} of one usage, group or window. */
    public BigDecimal exactAmount(Usage usage) {
        return breakdown(usage).total();
    }

    /**
     * The exact amount of one usage, group or window, line by line.
     *
     * @throws IllegalArgumentException when a percentage price gets a quantity, or any other the amounts of events
     */
    public Breakdown breakdown(Usage usage) {
        return switch (model) {
            case Model.OfQuantity ofQuantity -> terms.applyTo(priced(ofQuantity, quantity(usage)));
            case Model.OfEvents ofEvents -> terms.applyTo(new Breakdown(ofEvents.lines(events(usage))));
        };
    }

    private Breakdown priced(Model.OfQuantity model, BigDecimal quantity) {
        Units units = terms.units(quantity);
        if (units.free().signum() == 0) {
            return new Breakdown(model.lines(units));
        }
        List<Line> lines = new ArrayList<>();
        lines.add(Line.free(units.free()));
        lines.addAll(model.lines(units));
        return new Breakdown(lines);
    }

    private static BigDecimal quantity(Usage usage) {
        return switch (usage) {
            case Usage.Quantity(BigDecimal quantity) -> quantity;
            case Usage.Events events -> throw new IllegalArgumentException("this price takes a quantity");
        };
    }

    private static Iterable<BigDecimal> events(Usage usage) {
        return switch (usage) {
            case Usage.Events(Iterable<BigDecimal> amounts) -> amounts;
            case Usage.Quantity quantity ->
                throw new IllegalArgumentException("a percentage price takes the amounts of events");
        };
    }

    /** The quantities at which one tier ends and the next begins, rising; none where there are no tiers. */
    public List<BigDecimal> tierChanges() {
        return switch (model) {
            case Volume(Tiers tiers) -> tiers.bounds();
            case Graduated(Tiers tiers) -> afterFreeUnits(tiers);
            case GraduatedPercentage(Tiers tiers) -> afterFreeUnits(tiers);
            case Stairstep(Tiers tiers) -> afterFreeUnits(tiers);
            case Flat flat -> List.of();
            case PerUnit perUnit -> List.of();
            case Packages packages -> List.of();
            case Percentage percentage -> List.of();
        };
    }

    private List<BigDecimal> afterFreeUnits(Tiers tiers) {
        return tiers.bounds().stream().map(terms.freeUnits()::add).toList();
    }
}
