package io.meterline.console.simulation;

import io.meterline.console.Api;
import io.meterline.console.Formats;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a dry run answered.
 *
 * @param who the customer; null for quantities
 * @param result of a customer; null for quantities
 * @param columns the scenarios
 */
public record DryView(
        @Nullable String who,
        @Nullable String customerId,
        @Nullable ResultView result,
        List<String> columns,
        List<Line> lines) {

    /** A period of the customer, or a quantity. */
    public record Line(String label, String quantity, String baseline, List<Cell> cells) {}

    /** What a candidate costs. */
    public record Cell(String amount, String difference, String tone) {}

    static DryView of(Api api, Simulation.DryRun run) {
        String currency = run.currency();
        if (!run.quantities().isEmpty()) {
            List<Line> lines = run.quantities().stream()
                    .map(one -> new Line(
                            "",
                            Formats.number(one.quantity()),
                            Formats.money(one.baseline(), currency),
                            cells(one.candidates(), currency)))
                    .toList();
            return new DryView(
                    null, null, null, names(run.quantities().getFirst().candidates()), lines);
        }
        Simulation.Result result = run.result();
        ResultView view = result == null ? null : ResultView.of(result, currency, null);
        if (run.customers().isEmpty()) {
            return new DryView("Nobody with usage", null, view, List.of(), List.of());
        }
        Simulation.Customer first = run.customers().getFirst();
        List<Line> lines = run.customers().stream()
                .flatMap(customer ->
                        java.util.stream.Stream.ofNullable(customer.periods()).flatMap(List::stream))
                .map(span -> new Line(
                        LocalDate.ofInstant(span.from(), ZoneOffset.UTC) + " to "
                                + LocalDate.ofInstant(span.to(), ZoneOffset.UTC),
                        Formats.number(span.quantity()),
                        Formats.money(span.baseline(), currency),
                        cells(span.candidates(), currency)))
                .toList();
        String name = new CustomerNames(api).of(first.customerId(), first.externalCustomerId());
        return new DryView(name, first.customerId(), view, names(first.candidates()), lines);
    }

    private static List<String> names(List<Simulation.Amount> candidates) {
        return java.util.stream.IntStream.range(0, candidates.size())
                .mapToObj(i -> Shown.letter(i + 1) + ", " + candidates.get(i).name())
                .toList();
    }

    private static List<Cell> cells(List<Simulation.Amount> candidates, String currency) {
        return candidates.stream()
                .map(one -> new Cell(
                        Formats.money(one.amount(), currency),
                        Shown.difference(one.difference(), currency),
                        Shown.tone(one.difference())))
                .toList();
    }
}
