package io.meterline.console.price;

import io.meterline.console.Choice;
import io.meterline.console.Refused;
import io.meterline.console.price.PriceEditor.Chip;
import io.meterline.console.price.PriceEditor.Column;
import io.meterline.console.price.PriceEditor.Input;
import io.meterline.console.price.PriceEditor.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Lays out a price that is being written, with what was typed and what is wrong with it. */
public final class PriceEditors {

    private static final List<Choice> INCOMPLETE = List.of(
            new Choice("full", "costs a whole one"),
            new Choice("prorated", "costs its share"),
            new Choice("free", "is free"));
    private static final List<Choice> WINDOWS = List.of(
            new Choice("", "the whole period"),
            new Choice("hour", "hour"),
            new Choice("day", "day"),
            new Choice("week", "week"),
            new Choice("month", "month"));

    private final ObjectNode price;
    private final Place place;
    private final Refused refused;
    private final Shape shape;

    private PriceEditors(ObjectNode price, Place place, Refused refused) {
        this.price = price;
        this.place = place;
        this.refused = refused;
        this.shape = Shape.of(price.path(PriceTree.MODEL).asString(""));
    }

    /**
     * Where a price stands.
     *
     * @param path of it in the form
     * @param currencyPath of its currency
     * @param shapes the models that it may have
     */
    public record Place(
            String path, String currencyPath, String currency, Unit unit, List<Shape> shapes, boolean edits) {}

    /**
     * The editor of a price.
     *
     * @param edit the button that was pressed, such as {@code tier+}; empty for none
     */
    public static PriceEditor of(ObjectNode price, Place place, Refused refused, String edit, Live live) {
        PriceTree.fit(price);
        return new PriceEditors(price, place, refused).editor(edit, live);
    }

    private PriceEditor editor(String edit, Live live) {
        List<Row> rows = rows();
        return new PriceEditor(
                place.path(),
                place.currencyPath(),
                place.currency(),
                place.unit(),
                shape,
                shape.parts().stream().map(this::input).toList(),
                shape.columns().stream().map(this::column).map(Column::new).toList(),
                rows,
                terms(),
                chips(),
                place.shapes().stream()
                        .map(one -> new Choice(one.text(), one.label()))
                        .toList(),
                place.edits(),
                added(edit, rows),
                live);
    }

    private String added(String edit, List<Row> rows) {
        if (edit.equals("tier+") && rows.size() > 1) {
            return at(PriceTree.TIERS + "[" + (rows.size() - 2) + "]." + PriceTree.UP_TO);
        }
        if (edit.startsWith("term+ ")) {
            String field = edit.substring("term+ ".length());
            return at(field.equals(Term.PER.field()) ? field + ".group_by" : field);
        }
        return "";
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        if (!shape.isTiered()) {
            return rows;
        }
        JsonNode tiers = price.path(PriceTree.TIERS);
        for (int i = 0; i < tiers.size(); i++) {
            JsonNode tier = tiers.get(i);
            String tierPath = PriceTree.TIERS + "[" + i + "].";
            String number = ordinal(i);
            boolean open = i == tiers.size() - 1;
            rows.add(new Row(
                    open ? tiers.size() == 1 ? "all" : "above" : i == 0 ? "first" : "next",
                    open
                            ? null
                            : number(tierPath + PriceTree.UP_TO, number + "up to", tier.path(PriceTree.UP_TO), null),
                    shape.columns().stream()
                            .map(column -> cell(tierPath + column, number + column(column), tier.path(column)))
                            .toList(),
                    PriceEditor.fullId(place.path(), i)));
        }
        return rows;
    }

    private static String ordinal(int tier) {
        return "tier " + (tier + 1) + ", ";
    }

    private Input cell(String path, String label, JsonNode value) {
        return path.endsWith("rate") ? percent(path, label, value, "%") : number(path, label, value, null);
    }

    private String column(String field) {
        String sign = Numbers.sign(place.currency());
        return switch (field) {
            case "unit_amount" -> "per " + place.unit().one() + " " + sign;
            case "rate" -> "rate %";
            default ->
                switch (shape) {
                    case STAIRSTEP -> "amount " + sign;
                    case VOLUME -> "flat " + sign;
                    default -> "on entering " + sign;
                };
        };
    }

    private Input input(Shape.Part part) {
        JsonNode value = price.path(part.name());
        Input input = switch (part.kind()) {
            case MONEY -> number(part.name(), part.label(), value, place.currency());
            case UNITS -> number(part.name(), part.label(), value, place.unit().many());
            case COUNT -> number(part.name(), part.label(), value, "events");
            case PERCENT -> percent(part.name(), part.label(), value, "%");
            case CHOICE -> choice(part.name(), part.label(), value.asString("full"), INCOMPLETE);
        };
        return part.isOptional()
                ? new Input(
                        input.path(),
                        input.name(),
                        input.label(),
                        input.value(),
                        input.unit(),
                        true,
                        input.choices(),
                        input.hint(),
                        input.error())
                : input;
    }

    private List<Input> terms() {
        List<Input> terms = new ArrayList<>();
        for (Term term : Term.values()) {
            JsonNode value = price.path(term.field());
            if (value.isMissingNode()) {
                continue;
            }
            switch (term) {
                case FREE_UNITS ->
                    terms.add(number(
                            term.field(), term.label(), value, place.unit().many()));
                case MINIMUM, MAXIMUM -> terms.add(number(term.field(), term.label(), value, place.currency()));
                case DISCOUNT -> terms.add(number(term.field(), term.label(), value, "%"));
                case ZERO_USAGE ->
                    terms.add(choice(
                            term.field(),
                            term.label(),
                            value.asString("skip"),
                            List.of(new Choice("skip", "are left out"), new Choice("charge", "are charged"))));
                case PER -> {
                    terms.add(list(value.path("group_by")));
                    terms.add(choice(
                            Term.PER.field() + ".window",
                            "Priced alone, each",
                            value.path("window").asString(""),
                            WINDOWS));
                }
            }
        }
        return terms;
    }

    private List<Chip> chips() {
        return Arrays.stream(Term.values())
                .filter(term -> term.isOf(shape) && price.path(term.field()).isMissingNode())
                .map(term -> new Chip(term.field(), term.chip()))
                .toList();
    }

    private Input number(String field, String label, JsonNode value, @Nullable String unit) {
        return new Input(
                at(field),
                at(field) + ":number",
                label,
                Numbers.shown(value.asString("")),
                unit,
                false,
                List.of(),
                null,
                wrong(field));
    }

    private Input percent(String field, String label, JsonNode value, String unit) {
        return new Input(
                at(field),
                at(field) + ":percent",
                label,
                Numbers.percent(value.asString("")),
                unit,
                false,
                List.of(),
                null,
                wrong(field));
    }

    private Input choice(String field, String label, String value, List<Choice> choices) {
        return new Input(at(field), at(field), label, value, null, false, choices, null, wrong(field));
    }

    private Input list(JsonNode names) {
        String field = Term.PER.field() + ".group_by";
        String value = String.join(
                ", ", names.valueStream().map(name -> name.asString("")).toList());
        String wrong = wrong(field) == null ? wrong(Term.PER.field()) : wrong(field);
        return new Input(
                at(field),
                at(field) + ":list",
                "Priced alone, for each",
                value,
                null,
                false,
                List.of(),
                "Properties, separated by commas.",
                wrong);
    }

    private String at(String field) {
        return place.path() + "." + field;
    }

    private @Nullable String wrong(String field) {
        return refused.at(at(field));
    }
}
