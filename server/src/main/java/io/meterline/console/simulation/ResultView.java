package io.meterline.console.simulation;

import io.meterline.console.Formats;
import io.meterline.console.Island;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a simulation, as pages show it.
 *
 * @param shown the candidate that the distribution is about
 */
public record ResultView(
        List<Total> totals,
        Total shown,
        Island distribution,
        List<Bin> bins,
        Island series,
        List<Month> months,
        List<String> notes,
        String summary) {

    /**
     * A scenario and its total.
     *
     * @param difference to the baseline; empty for itself
     */
    public record Total(
            String letter,
            String name,
            String amount,
            String difference,
            String percent,
            String tone,
            long less,
            long same,
            long more,
            long fromZero,
            int index) {}

    /** A row of the table behind the distribution. */
    public record Bin(String range, long count, String difference) {}

    /** A row of the table behind the series. */
    public record Month(String month, String quantity, List<String> amounts) {}

    static ResultView of(Simulation.Result result, String currency, @Nullable String candidate) {
        List<Total> totals = new ArrayList<>();
        totals.add(new Total(
                "A", "baseline", Formats.money(result.baseline().amount(), currency), "", "", "", 0, 0, 0, 0, -1));
        int shown = 0;
        for (int i = 0; i < result.candidates().size(); i++) {
            Simulation.Candidate one = result.candidates().get(i);
            shown = one.name().equals(candidate) ? i : shown;
            totals.add(new Total(
                    Shown.letter(i + 1),
                    one.name(),
                    Formats.money(one.amount(), currency),
                    Shown.difference(one.difference(), currency),
                    Shown.percent(one.differencePercent()),
                    Shown.tone(one.difference()),
                    one.winners().count(),
                    one.unchanged(),
                    one.losers().count(),
                    one.fromZero().count(),
                    i));
        }
        Simulation.Candidate about = result.candidates().get(shown);
        return new ResultView(
                totals,
                totals.get(shown + 1),
                Shown.distribution(about, currency),
                bins(about, currency),
                Shown.series(result, currency),
                result.series().stream().map(month -> month(month, currency)).toList(),
                notes(result),
                Shown.people(result.simulated()) + ", " + quantity(result.quantity()) + " units in " + result.periods()
                        + " periods");
    }

    private static String quantity(BigDecimal quantity) {
        BigDecimal whole = quantity.setScale(0, java.math.RoundingMode.DOWN);
        return whole.precision() > 18 ? Formats.number(whole) : Formats.compact(whole.longValueExact());
    }

    private static List<Bin> bins(Simulation.Candidate about, String currency) {
        List<Bin> bins = new ArrayList<>();
        about.distribution()
                .forEach(bin ->
                        bins.add(new Bin(Shown.range(bin), bin.count(), Shown.difference(bin.difference(), currency))));
        bins.add(new Bin("the same", about.unchanged(), Formats.money(BigDecimal.ZERO, currency)));
        if (about.fromZero().count() > 0) {
            bins.add(new Bin(
                    "paid nothing before",
                    about.fromZero().count(),
                    Shown.difference(about.fromZero().difference(), currency)));
        }
        return bins;
    }

    private static Month month(Simulation.Month month, String currency) {
        List<String> amounts = new ArrayList<>();
        amounts.add(Formats.money(month.baseline(), currency));
        month.candidates().forEach(one -> amounts.add(Formats.money(one.amount(), currency)));
        return new Month(Shown.month(month.month()), Formats.number(month.quantity()), amounts);
    }

    private static List<String> notes(Simulation.Result result) {
        List<String> notes = new ArrayList<>();
        if (result.approximate()) {
            notes.add(
                    "Some records were counted as they are today, since nothing was measured at the end of their periods.");
        }
        for (Simulation.Skipped skipped : result.skipped()) {
            notes.add(Formats.number(skipped.count()) + " left out: " + reason(skipped.reason()) + ".");
        }
        for (Simulation.Excluded excluded : result.excluded()) {
            notes.add(Formats.number(excluded.events()) + " events could not be counted: "
                    + excluded.reason().replace('_', ' ') + ".");
        }
        if (result.baseline().unpricedEvents() > 0) {
            notes.add(Formats.number(result.baseline().unpricedEvents()) + " events have no price in A.");
        }
        for (int i = 0; i < result.candidates().size(); i++) {
            long unpriced = result.candidates().get(i).unpricedEvents();
            if (unpriced > 0) {
                notes.add(Formats.number(unpriced) + " events have no price in " + Shown.letter(i + 1) + ".");
            }
        }
        return notes;
    }

    private static String reason(String reason) {
        return switch (reason) {
            case "other_currency" -> "the subscription is in another currency";
            case "no_price" -> "the product has no price for the subscription";
            case "subscription_ended" -> "the subscription has ended";
            case "no_complete_period" -> "no period is complete yet";
            case "all_time_not_possible" -> "a price of a candidate cannot take all records";
            case "aggregator_has_no_event_amounts" -> "the aggregator has no amounts of events any more";
            default -> reason.replace('_', ' ');
        };
    }
}
