package io.meterline.console.price;

import io.meterline.console.Formats;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of a breakdown in words. */
final class Lines {

    private Lines() {}

    static List<Live.Line> of(List<Preview.Line> lines, String currency) {
        return lines.stream()
                .map(line -> new Live.Line(
                        name(line),
                        line.quantity() == null ? "" : Formats.number(Numbers.plain(line.quantity())),
                        line.kind().equals("rate") ? rate(line.unitAmount()) : money(line.unitAmount(), currency),
                        money(line.flatAmount(), currency),
                        Formats.money(Numbers.plain(line.amount()), currency)))
                .toList();
    }

    private static String money(@Nullable BigDecimal amount, String currency) {
        return amount == null ? "" : Formats.money(Numbers.plain(amount), currency);
    }

    private static String rate(@Nullable BigDecimal rate) {
        return rate == null ? "" : Numbers.percent(rate.toPlainString()) + " %";
    }

    private static String name(Preview.Line line) {
        String tier = line.tier() == null ? "" : "Tier " + line.tier();
        return switch (line.kind()) {
            case "free" -> "Free";
            case "flat" -> tier.isEmpty() ? "Flat" : tier + ", flat";
            case "units" -> tier.isEmpty() ? "Units" : tier;
            case "packages" -> "Packages";
            case "part_of_package" -> "Part of a package";
            case "rate" -> tier.isEmpty() ? "Rate" : tier;
            case "fixed" -> "Fixed, each event";
            case "event_minimum" -> "Least of an event";
            case "event_maximum" -> "Most of an event";
            case "discount" -> "Discount";
            case "maximum" -> "At most";
            case "minimum" -> "At least";
            case "rounding" -> "Rounding";
            default -> line.kind().replace('_', ' ');
        };
    }
}
