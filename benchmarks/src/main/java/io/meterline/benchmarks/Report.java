package io.meterline.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of one or more runs; the median of each is printed. */
final class Report {

    private final Map<String, List<Double>> values = new LinkedHashMap<>();
    private final Map<String, String> units = new LinkedHashMap<>();
    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    /** Notes a figure and shows it at once. */
    void add(String what, double value, String unit) {
        values.computeIfAbsent(what, _ -> new ArrayList<>()).add(value);
        units.put(what, unit);
        out.printf(Locale.ROOT, "  %-58s %12s %s%n", what, text(value), unit);
        out.flush();
    }

    /** Notes a count or a size. */
    void add(String what, long value, String unit) {
        add(what, (double) value, unit);
    }

    /** Notes how many times a figure is another. */
    void ratio(String what, double value, double baseline) {
        add(what, value / baseline, "x");
    }

    /** Shows a line that is no figure. */
    void say(String line) {
        out.println(line);
        out.flush();
    }

    /** The median of every figure, as a table for a document. */
    void print() {
        out.println();
        out.println("| Figure | Median | Runs |");
        out.println("|---|---|---|");
        values.forEach((what, all) -> out.printf(
                Locale.ROOT,
                "| %s | %s %s | %s |%n",
                what,
                text(median(all)),
                units.get(what),
                String.join(" · ", all.stream().map(Report::text).toList())));
        out.flush();
    }

    static double median(List<Double> all) {
        List<Double> sorted = all.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    private static String text(double value) {
        if (value >= 1_000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return value >= 100
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }
}
