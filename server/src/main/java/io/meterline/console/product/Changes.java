package io.meterline.console.product;

import io.meterline.console.FilterWords;
import io.meterline.console.price.Numbers;
import io.meterline.console.price.PriceWords;
import io.meterline.console.price.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What differs between two versions of a product, in words. */
public final class Changes {

    private static final String NONE = "none";

    private final List<Change> changes = new ArrayList<>();

    private Changes() {}

    /** One difference. Texts are empty where there was, or is, nothing. */
    public record Change(String what, String before, String after) {}

    /**
     * The differences, in the order of the form.
     *
     * @param names of aggregators, by id
     */
    static List<Change> between(JsonNode before, JsonNode after, Aggregators names) {
        Changes found = new Changes();
        found.text("Name", before.path("name"), after.path("name"));
        found.text("Type", before.path("type"), after.path("type"));
        found.note("Aggregator", aggregator(before, names), aggregator(after, names));
        found.note("Filter", FilterWords.of(before.path("filter")), FilterWords.of(after.path("filter")));
        found.prices(before.path("prices"), after.path("prices"));
        return found.changes;
    }

    private static String aggregator(JsonNode product, Aggregators names) {
        String id = product.path("aggregator_id").asString("");
        Aggregators.Aggregator found = names.find(id);
        return found == null ? id : found.name();
    }

    private void prices(JsonNode before, JsonNode after) {
        Map<String, JsonNode> old = byPlace(before);
        Map<String, JsonNode> now = byPlace(after);
        now.forEach((place, price) -> {
            JsonNode was = old.get(place);
            if (was == null) {
                changes.add(new Change("Price in " + place, "", words(price)));
            } else {
                price(place, was.path("price"), price.path("price"));
            }
        });
        old.forEach((place, price) -> {
            if (!now.containsKey(place)) {
                changes.add(new Change("Price in " + place, words(price), ""));
            }
        });
    }

    private static String words(JsonNode price) {
        return PriceWords.of(
                price.path("price"), price.path("currency").asString("EUR"), io.meterline.console.price.Unit.UNKNOWN);
    }

    private static Map<String, JsonNode> byPlace(JsonNode prices) {
        Map<String, JsonNode> places = new LinkedHashMap<>();
        for (JsonNode price : prices) {
            String filter = FilterWords.of(price.path("filter"));
            String place = price.path("currency").asString("") + ", " + PriceWords.interval(price.path("interval"))
                    + (filter.isEmpty() ? "" : ", " + filter);
            places.put(place, price);
        }
        return places;
    }

    private void price(String place, JsonNode before, JsonNode after) {
        Map<String, String> old = flat(before);
        Map<String, String> now = flat(after);
        now.forEach((field, text) -> note(place + ": " + field, old.getOrDefault(field, ""), text));
        old.forEach((field, text) -> {
            if (!now.containsKey(field)) {
                note(place + ": " + field, text, "");
            }
        });
    }

    /** The fields of a price by what people call them. */
    private static Map<String, String> flat(JsonNode price) {
        Map<String, String> fields = new LinkedHashMap<>();
        price.properties().forEach(field -> {
            if (field.getKey().equals("tiers")) {
                int number = 1;
                for (JsonNode tier : field.getValue()) {
                    String name = "tier " + number++ + ", ";
                    fields.put(
                            name + "up to",
                            tier.path("up_to").isString()
                                    ? Numbers.shown(tier.path("up_to").asString(""))
                                    : "∞");
                    tier.properties().stream()
                            .filter(one -> !one.getKey().equals("up_to"))
                            .forEach(one -> fields.put(name + name(one.getKey()), value(one.getKey(), one.getValue())));
                }
            } else if (!field.getValue().isNull()) {
                fields.put(name(field.getKey()), value(field.getKey(), field.getValue()));
            }
        });
        return fields;
    }

    private static String name(String field) {
        return switch (field) {
            case "unit_amount" -> "per unit";
            case "flat_amount" -> "flat";
            default -> field.replace('_', ' ');
        };
    }

    private static String value(String field, JsonNode value) {
        return switch (field) {
            case "model" -> Shape.of(value.asString("")).label();
            case "rate" -> Numbers.percent(value.asString("")) + " %";
            default -> value.isString() ? Numbers.shown(value.asString("")) : value.toString();
        };
    }

    private void text(String what, JsonNode before, JsonNode after) {
        note(what, before.asString(""), after.asString(""));
    }

    private void note(String what, String before, String after) {
        if (!before.equals(after)) {
            changes.add(new Change(what, before.isEmpty() ? NONE : before, after.isEmpty() ? NONE : after));
        }
    }
}
