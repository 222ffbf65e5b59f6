package io.meterline.console.subscription;

import io.meterline.console.Formats;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A price of the API in words: {@code €0.02 per call, the first 100 free}. */
public final class PriceWords {

    private final JsonNode price;
    private final String currency;
    private final String unit;

    private PriceWords(JsonNode price, String currency, @Nullable String unit) {
        this.price = price;
        this.currency = currency;
        this.unit = unit == null || unit.isBlank() ? "unit" : one(unit);
    }

    /** In one sentence without a full stop; empty where there is no price. */
    public static String of(@Nullable JsonNode price, String currency, @Nullable String unit) {
        return price == null || !price.isObject() ? "" : new PriceWords(price, currency, unit).sentence();
    }

    private static String one(String units) {
        return units.endsWith("s") && !units.endsWith("ss") ? units.substring(0, units.length() - 1) : units;
    }

    private String sentence() {
        List<String> parts = new ArrayList<>();
        parts.add(model());
        quantity("free_units").ifPresent(free -> parts.add("the first " + free + " free"));
        quantity("free_events").ifPresent(free -> parts.add("the first " + free + " events free"));
        money("free_amount").ifPresent(free -> parts.add("the first " + free + " free"));
        money("min_per_event").ifPresent(least -> parts.add("at least " + least + " an event"));
        money("max_per_event").ifPresent(most -> parts.add("at most " + most + " an event"));
        quantity("discount_percent").ifPresent(percent -> parts.add(percent + " % off"));
        money("minimum_amount").ifPresent(least -> parts.add("at least " + least));
        money("maximum_amount").ifPresent(most -> parts.add("at most " + most));
        String each = each();
        if (!each.isEmpty()) {
            parts.add(each);
        }
        return String.join(", ", parts);
    }

    private String model() {
        int tiers = price.path("tiers").size();
        return switch (price.path("model").asString("")) {
            case "flat" -> amount(price, "amount") + " a period";
            case "per_unit" -> amount(price, "unit_amount") + " per " + unit;
            case "graduated" -> "Graduated, " + tiers(tiers) + ": " + range("unit_amount", " per " + unit);
            case "volume" -> "Volume, " + tiers(tiers) + ": " + range("unit_amount", " per " + unit);
            case "stairstep" -> "Steps, " + tiers(tiers) + ": " + range("flat_amount", "");
            case "package" ->
                amount(price, "package_amount") + " per package of "
                        + number(price.path("package_size").asString("1"));
            case "percentage" -> percent(price) + fixed();
            case "graduated_percentage" -> "Graduated share, " + tiers(tiers);
            case String other -> other;
        };
    }

    private String fixed() {
        return money("fixed_amount").map(each -> " + " + each + " an event").orElse("");
    }

    private static String tiers(int count) {
        return count == 1 ? "1 tier" : count + " tiers";
    }

    // From the first tier to the last: what most people want to know of them.
    private String range(String field, String per) {
        JsonNode tiers = price.path("tiers");
        String first = tier(tiers.path(0), field);
        String last = tier(tiers.path(tiers.size() - 1), field);
        return first.equals(last) ? first + per : first + " to " + last + per;
    }

    private String tier(JsonNode tier, String field) {
        return amount(tier, tier.hasNonNull(field) ? field : "flat_amount");
    }

    private String each() {
        List<String> parts = new ArrayList<>();
        for (JsonNode name : price.path("apply_per").path("group_by")) {
            parts.add(name.asString());
        }
        String window = price.path("apply_per").path("window").asString("");
        if (!window.isEmpty()) {
            parts.add(window);
        }
        return parts.isEmpty() ? "" : "for each " + String.join(" and ", parts) + " alone";
    }

    private static String percent(JsonNode price) {
        BigDecimal rate = new BigDecimal(price.path("rate").asString("0"));
        return Formats.number(rate.movePointRight(2).stripTrailingZeros()) + " %";
    }

    private String amount(JsonNode in, String field) {
        return Formats.money(new BigDecimal(in.path(field).asString("0")), currency);
    }

    private Optional<String> money(String field) {
        return price.hasNonNull(field) ? Optional.of(amount(price, field)) : Optional.empty();
    }

    private Optional<String> quantity(String field) {
        return price.hasNonNull(field) ? Optional.of(number(price.path(field).asString())) : Optional.empty();
    }

    private static String number(String decimal) {
        return Formats.number(new BigDecimal(decimal));
    }
}
