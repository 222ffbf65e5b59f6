package io.meterline.console.subscription;

import io.meterline.console.Formats;
import io.meterline.console.subscription.Statement.Line;
import io.meterline.console.subscription.Statement.Part;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The parts of an amount in words. They add up to it. */
public final class Breakdown {

    private Breakdown() {}

    /**
     * A part.
     *
     * @param label what it is
     * @param working how its amount comes about, as {@code 9,500 × €0.004}; empty where there is nothing to multiply
     */
    public record Row(String label, String working, BigDecimal amount) {}

    /** The parts of a line. */
    public static List<Row> of(Line line, String currency) {
        List<Row> rows = new ArrayList<>();
        for (Part part : line.breakdown()) {
            rows.add(new Row(label(part, line.price()), working(part, currency), part.amount()));
        }
        return rows;
    }

    private static String label(Part part, @Nullable JsonNode price) {
        Integer tier = part.tier();
        if (tier != null) {
            String bounds = price == null ? "" : bounds(price.path("tiers"), tier);
            return bounds.isEmpty() ? "Tier " + tier : "Tier " + tier + ": " + bounds;
        }
        return switch (part.kind()) {
            case "free" -> "Free";
            case "flat" -> "Flat fee";
            case "units" -> "Units";
            case "packages" -> "Packages";
            case "part_of_package" -> "Part of a package";
            case "rate" -> "Share";
            case "fixed" -> "Fixed, of each event";
            case "event_minimum" -> "Lifted to the minimum of an event";
            case "event_maximum" -> "Cut to the maximum of an event";
            case "discount" -> "Discount";
            case "maximum" -> "Cut to the maximum";
            case "minimum" -> "Lifted to the minimum";
            case "rounding" -> "Rounding";
            case String other -> other.replace('_', ' ');
        };
    }

    private static String bounds(JsonNode tiers, int tier) {
        if (tier > tiers.size()) {
            return "";
        }
        JsonNode upTo = tiers.path(tier - 1).path("up_to");
        String from = tier == 1
                ? ""
                : "above " + number(tiers.path(tier - 2).path("up_to").asString("0"));
        String to = upTo.isNull() || upTo.isMissingNode() ? "" : "to " + number(upTo.asString());
        return (from + " " + to).strip();
    }

    private static String working(Part part, String currency) {
        BigDecimal quantity = part.quantity();
        BigDecimal flat = part.flatAmount();
        String text = "";
        if (quantity != null) {
            text = Formats.number(quantity);
            BigDecimal unit = part.unitAmount();
            if (unit != null) {
                boolean share = part.kind().equals("rate");
                String each = share
                        ? Formats.number(unit.movePointRight(2).stripTrailingZeros()) + " %"
                        : Formats.money(unit, currency);
                text += " × " + each;
            }
        }
        if (flat != null && flat.signum() != 0 && quantity != null) {
            text += (text.isEmpty() ? "" : " + ") + Formats.money(flat, currency);
        }
        return text;
    }

    private static String number(String decimal) {
        return Formats.number(new BigDecimal(decimal));
    }
}
