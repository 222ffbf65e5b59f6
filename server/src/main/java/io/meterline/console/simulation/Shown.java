package io.meterline.console.simulation;

import io.meterline.console.Formats;
import io.meterline.console.Island;
import io.meterline.http.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Figures of simulations as pages show them. */
final class Shown {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String[] LETTERS = {"A", "B", "C", "D", "E", "F"};

    private Shown() {}

    /** A scenario by its letter; 0 is the baseline. */
    static String letter(int scenario) {
        return LETTERS[Math.min(scenario, LETTERS.length - 1)];
    }

    /** With its sign: {@code +€12.00}. */
    static String difference(BigDecimal difference, String currency) {
        return (difference.signum() > 0 ? "+" : "") + Formats.money(difference, currency);
    }

    /** With its sign; empty where there is no percentage. */
    static String percent(@Nullable BigDecimal percent) {
        if (percent == null) {
            return "";
        }
        String sign = percent.signum() > 0 ? "+" : percent.signum() < 0 ? "−" : "";
        return sign + Formats.number(percent.abs()) + " %";
    }

    /** The class of a difference: what the company takes more is up. */
    static String tone(BigDecimal difference) {
        return difference.signum() > 0 ? "up" : difference.signum() < 0 ? "down" : "dim";
    }

    /** {@code May 2026} of {@code 2026-05}. */
    static String month(String month) {
        return DateTimeFormatter.ofPattern("MMM yyyy", Locale.ENGLISH).format(YearMonth.parse(month));
    }

    /** {@code 1.9 s}, {@code 3 min 10 s}. */
    static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 60_000) {
            return BigDecimal.valueOf(Math.max(100, millis) / 100, 1).toPlainString() + " s";
        }
        return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }

    /** How many pay how much less, the same, and more. */
    static Island distribution(Simulation.Candidate candidate, String currency) {
        ObjectNode data = JSON.objectNode().put("unit", "customers");
        ArrayNode bins = data.putArray("bins");
        boolean same = false;
        for (Simulation.Bin bin : candidate.distribution()) {
            BigDecimal from = bin.fromPercent();
            boolean more = from != null && from.signum() >= 0;
            if (more && !same) {
                bins.addObject()
                        .put("label", "same")
                        .put("count", Long.toString(candidate.unchanged()))
                        .put("tone", "same")
                        .put("title", "pay the same")
                        .put("text", people(candidate.unchanged()));
                same = true;
            }
            bins.addObject()
                    .put("label", label(bin))
                    .put("count", Long.toString(bin.count()))
                    .put("tone", more ? "up" : "down")
                    .put("title", range(bin))
                    .put("text", people(bin.count()) + ", together " + difference(bin.difference(), currency));
        }
        return island(data);
    }

    /** The bin as a range: {@code +5 to +10 %}. */
    static String range(Simulation.Bin bin) {
        BigDecimal from = bin.fromPercent();
        BigDecimal to = bin.toPercent();
        if (from == null) {
            return "more than " + signed(to).replace("−", "") + " % less";
        }
        return to == null ? signed(from) + " % and more" : signed(from) + " to " + signed(to) + " %";
    }

    private static String label(Simulation.Bin bin) {
        BigDecimal from = bin.fromPercent();
        BigDecimal to = bin.toPercent();
        boolean more = from != null && from.signum() >= 0;
        if (from == null) {
            return "<" + signed(to) + "%";
        }
        return more ? to == null ? ">" + signed(from) + "%" : signed(to) + "%" : signed(from) + "%";
    }

    private static String signed(@Nullable BigDecimal percent) {
        if (percent == null) {
            return "";
        }
        return (percent.signum() > 0 ? "+" : percent.signum() < 0 ? "−" : "")
                + percent.abs().toPlainString();
    }

    static String people(long count) {
        return Formats.number(count) + (count == 1 ? " customer" : " customers");
    }

    /** What each scenario comes to, month by month. */
    static Island series(Simulation.Result result, String currency) {
        ObjectNode data =
                JSON.objectNode().put("prefix", Currency.getInstance(currency).getSymbol(Locale.ENGLISH));
        ArrayNode labels = data.putArray("labels");
        result.series().forEach(month -> labels.add(month(month.month())));
        ArrayNode series = data.putArray("series");
        line(
                series.addObject().put("name", "A, baseline"),
                result.series().stream().map(Simulation.Month::baseline).toList(),
                currency);
        for (int i = 0; i < result.candidates().size(); i++) {
            int candidate = i;
            line(
                    series.addObject()
                            .put(
                                    "name",
                                    letter(i + 1) + ", "
                                            + result.candidates().get(i).name()),
                    result.series().stream()
                            .map(month -> month.candidates().get(candidate).amount())
                            .toList(),
                    currency);
        }
        return island(data);
    }

    private static void line(ObjectNode line, List<BigDecimal> amounts, String currency) {
        ArrayNode values = line.putArray("values");
        ArrayNode texts = line.putArray("texts");
        for (BigDecimal amount : amounts) {
            values.add(amount.toPlainString());
            texts.add(Formats.money(amount, currency));
        }
    }

    private static Island island(ObjectNode data) {
        return new Island(new String(Json.bytes(data), StandardCharsets.UTF_8));
    }
}
