package io.meterline.console.price;

import io.meterline.console.Formats;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A price of the API as a person would say it: {@code €5.00 per seat to 10, then €3.00}. */
public final class PriceWords {

    private static final int MOST_TIERS = 3;

    private final JsonNode price;
    private final String currency;
    private final Unit unit;

    private PriceWords(JsonNode price, String currency, Unit unit) {
        this.price = price;
        this.currency = currency;
        this.unit = unit;
    }

    /** Empty where there is no price. */
    public static String of(@Nullable JsonNode price, String currency, Unit unit) {
        if (price == null || !price.isObject()) {
            return "";
        }
        PriceWords words = new PriceWords(price, currency, unit);
        List<String> parts = new ArrayList<>();
        parts.add(words.model());
        words.terms(parts);
        return String.join("; ", parts);
    }

    /** An interval of the API: {@code monthly}, {@code every 3 months}. */
    public static String interval(JsonNode interval) {
        String period = interval.path("period").asString("months");
        int count = interval.path("count").asInt(1);
        if (count > 1) {
            return "every " + count + " " + period;
        }
        return switch (period) {
            case "days" -> "daily";
            case "weeks" -> "weekly";
            case "years" -> "yearly";
            default -> "monthly";
        };
    }

    private String model() {
        return switch (Shape.of(text("model"))) {
            case FLAT -> money("amount") + " each period";
            case PER_UNIT -> money("unit_amount") + " per " + unit.one();
            case PACKAGE ->
                money("package_amount") + " for every " + Numbers.shown(text("package_size")) + " " + unit.many()
                        + incomplete();
            case PERCENTAGE -> percentage();
            case GRADUATED -> tiers(" per " + unit.one(), ", then ");
            case VOLUME -> "all at " + tiers(" per " + unit.one(), ", or ");
            case STAIRSTEP -> tiers("", ", or ");
            case GRADUATED_PERCENTAGE -> tiers(" of the amount", ", then ");
        };
    }

    private String incomplete() {
        return switch (text("incomplete")) {
            case "prorated" -> ", a part at its share";
            case "free" -> ", a part free";
            default -> "";
        };
    }

    private String percentage() {
        StringBuilder words = new StringBuilder(Numbers.percent(text("rate"))).append(" %");
        if (price.hasNonNull("fixed_amount")) {
            words.append(" + ").append(money("fixed_amount"));
        }
        words.append(" of each event");
        if (price.hasNonNull("free_events")) {
            words.append(", ").append(Numbers.shown(text("free_events"))).append(" free");
        }
        if (price.hasNonNull("free_amount")) {
            words.append(", ").append(money("free_amount")).append(" free");
        }
        return words.toString();
    }

    private String tiers(String per, String between) {
        JsonNode tiers = price.path(PriceTree.TIERS);
        int shown = tiers.size() > MOST_TIERS ? MOST_TIERS - 1 : tiers.size();
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < shown; i++) {
            JsonNode tier = tiers.get(i);
            String end = tier.path(PriceTree.UP_TO).asString("");
            parts.add(cost(tier, i == 0 ? per : "") + (end.isEmpty() ? "" : " to " + Numbers.shown(end)));
        }
        String words = String.join(between, parts);
        return shown < tiers.size()
                ? words + between.replace(" then ", " ").replace(" or ", " ") + "… " + tiers.size() + " tiers"
                : words;
    }

    private String cost(JsonNode tier, String per) {
        List<String> parts = new ArrayList<>();
        if (tier.hasNonNull("rate")) {
            parts.add(Numbers.percent(tier.path("rate").asString("")) + " %" + per);
        }
        if (tier.hasNonNull("unit_amount")) {
            parts.add(money(tier.path("unit_amount").asString("")) + per);
        }
        if (tier.hasNonNull("flat_amount") && !isZero(tier.path("flat_amount"))) {
            parts.add(money(tier.path("flat_amount").asString("")));
        }
        return parts.isEmpty() ? money("0") : String.join(" + ", parts);
    }

    private static boolean isZero(JsonNode amount) {
        return Numbers.typed(amount.asString(""))
                .filter(number -> number.signum() == 0)
                .isPresent();
    }

    private void terms(List<String> parts) {
        if (price.hasNonNull("free_units")) {
            parts.add(Numbers.shown(text("free_units")) + " " + unit.many() + " free");
        }
        if (price.hasNonNull("min_per_event")) {
            parts.add("at least " + money("min_per_event") + " an event");
        }
        if (price.hasNonNull("max_per_event")) {
            parts.add("at most " + money("max_per_event") + " an event");
        }
        if (price.hasNonNull("discount_percent")) {
            parts.add(text("discount_percent") + " % off");
        }
        if (price.hasNonNull("minimum_amount")) {
            parts.add("at least " + money("minimum_amount"));
        }
        if (price.hasNonNull("maximum_amount")) {
            parts.add("at most " + money("maximum_amount"));
        }
        JsonNode per = price.path("apply_per");
        List<String> groups = new ArrayList<>();
        per.path("group_by").forEach(name -> groups.add(name.asString("")));
        if (per.hasNonNull("window")) {
            groups.add(per.path("window").asString(""));
        }
        if (!groups.isEmpty()) {
            parts.add("each " + String.join(" and ", groups) + " alone");
        }
    }

    private String money(String fieldOrAmount) {
        String text = price.has(fieldOrAmount) ? text(fieldOrAmount) : fieldOrAmount;
        return Numbers.typed(text)
                .map(amount -> Formats.money(Numbers.plain(amount), currency))
                .orElse("…");
    }

    private String text(String field) {
        return price.path(field).asString("");
    }
}
