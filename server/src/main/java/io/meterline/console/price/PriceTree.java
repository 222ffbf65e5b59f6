package io.meterline.console.price;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A price that is being written: changes to it that are more than the text of a field. */
public final class PriceTree {

    static final String MODEL = "model";
    static final String TIERS = "tiers";
    static final String UP_TO = "up_to";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String FIRST_BOUND = "1000";
    private static final String UNIT_AMOUNT = "unit_amount";
    private static final String FLAT_AMOUNT = "flat_amount";
    private static final String AMOUNT = "amount";
    private static final String RATE = "rate";

    private PriceTree() {}

    /** Where a price begins: the first thousand units, and the rest. */
    public static ObjectNode first() {
        ObjectNode price = JSON.objectNode().put(MODEL, Shape.GRADUATED.text());
        price.putArray(TIERS).add(tier(FIRST_BOUND, "")).add(tier("", ""));
        return price;
    }

    /** A flat fee. */
    public static ObjectNode flat() {
        return JSON.objectNode().put(MODEL, Shape.FLAT.text());
    }

    /**
     * Leaves out the fields that the model does not have, and makes those that it must have, of those there were where they
     * mean the same: of tiers that become one amount for each unit, it is the amount of the first.
     */
    public static void fit(ObjectNode price) {
        Shape shape = Shape.of(price.path(MODEL).asString(""));
        price.put(MODEL, shape.text());
        if (shape.isTiered()) {
            fitTiers(price, shape);
        } else {
            JsonNode first = price.path(TIERS).path(0);
            switch (shape) {
                case PER_UNIT -> take(price, UNIT_AMOUNT, first.path(UNIT_AMOUNT));
                case FLAT -> take(price, AMOUNT, first.path(FLAT_AMOUNT));
                case PERCENTAGE -> take(price, RATE, first.path(RATE));
                default -> {
                    // Packages begin empty.
                }
            }
        }
        Set<String> kept = Stream.of(
                        Stream.of(MODEL),
                        shape.isTiered() ? Stream.of(TIERS) : Stream.<String>empty(),
                        shape.parts().stream().map(Shape.Part::name),
                        Stream.of(Term.values())
                                .filter(term -> term.isOf(shape))
                                .map(Term::field))
                .flatMap(fields -> fields)
                .collect(Collectors.toSet());
        price.retain(kept);
    }

    private static void fitTiers(ObjectNode price, Shape shape) {
        if (!(price.get(TIERS) instanceof ArrayNode tiers) || tiers.isEmpty()) {
            String amount = price.path(UNIT_AMOUNT).asString("");
            ArrayNode made = price.putArray(TIERS);
            made.add(tier(FIRST_BOUND, amount)).add(tier("", amount));
            if (shape == Shape.GRADUATED_PERCENTAGE) {
                made.forEach(tier -> ((ObjectNode) tier)
                        .set(RATE, price.path(RATE).isString() ? price.path(RATE) : JSON.nullNode()));
            }
        }
        ArrayNode tiers = (ArrayNode) price.path(TIERS);
        Set<String> kept =
                Stream.concat(Stream.of(UP_TO), shape.columns().stream()).collect(Collectors.toSet());
        tiers.forEach(tier -> ((ObjectNode) tier).retain(kept));
        ((ObjectNode) tiers.get(tiers.size() - 1)).remove(UP_TO);
    }

    private static void take(ObjectNode price, String field, JsonNode from) {
        if (price.path(field).isMissingNode() && from.isString()) {
            price.set(field, from);
        }
    }

    /** Gives the open tier an end, ten times that of the tier before, and puts another after it. */
    static void addTier(ObjectNode price) {
        if (!(price.get(TIERS) instanceof ArrayNode tiers) || tiers.isEmpty()) {
            return;
        }
        ObjectNode open = (ObjectNode) tiers.get(tiers.size() - 1);
        ObjectNode next = open.deepCopy();
        next.remove(UP_TO);
        String before =
                tiers.size() == 1 ? "" : tiers.get(tiers.size() - 2).path(UP_TO).asString("");
        open.put(
                UP_TO,
                Numbers.typed(before)
                        .map(bound ->
                                Numbers.plain(bound.multiply(BigDecimal.TEN)).toPlainString())
                        .orElse(FIRST_BOUND));
        tiers.add(next);
    }

    static void removeTier(ObjectNode price, int tier) {
        if (price.get(TIERS) instanceof ArrayNode tiers && tiers.size() > 1 && tier < tiers.size()) {
            tiers.remove(tier);
            ((ObjectNode) tiers.get(tiers.size() - 1)).remove(UP_TO);
        }
    }

    static void addTerm(ObjectNode price, Term term) {
        switch (term) {
            case ZERO_USAGE -> price.put(term.field(), "skip");
            case PER -> price.putObject(term.field()).put("window", "day");
            case FREE_UNITS, MINIMUM, MAXIMUM, DISCOUNT -> price.putNull(term.field());
        }
    }

    private static ObjectNode tier(String upTo, String amount) {
        ObjectNode tier = JSON.objectNode();
        if (!upTo.isEmpty()) {
            tier.put(UP_TO, upTo);
        }
        return amount.isEmpty() ? tier : tier.put(UNIT_AMOUNT, amount);
    }

    /** The bounds of its tiers that can be read, in order. */
    static List<BigDecimal> bounds(JsonNode price) {
        return price.path(TIERS)
                .valueStream()
                .flatMap(tier -> Numbers.typed(tier.path(UP_TO).asString("")).stream())
                .toList();
    }
}
