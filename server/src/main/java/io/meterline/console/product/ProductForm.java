package io.meterline.console.product;

import io.meterline.console.Api;
import io.meterline.console.ApiFault.Violation;
import io.meterline.console.Choice;
import io.meterline.console.FilterWords;
import io.meterline.console.Refused;
import io.meterline.console.price.Currencies;
import io.meterline.console.price.FilterEditor;
import io.meterline.console.price.Filters;
import io.meterline.console.price.Live;
import io.meterline.console.price.LivePrice;
import io.meterline.console.price.PathForm;
import io.meterline.console.price.PriceEdit;
import io.meterline.console.price.PriceEditors;
import io.meterline.console.price.PriceParts;
import io.meterline.console.price.PriceTree;
import io.meterline.console.price.PriceWords;
import io.meterline.console.price.Shape;
import io.meterline.console.price.Unit;
import io.meterline.http.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A product as it stands in its form: as it was sent, or as the API has it. */
final class ProductForm {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> FIELDS = List.of("name", "type", "aggregator_id", "filter", "prices");
    private static final List<Choice> PERIODS = List.of(
            new Choice("days", "days"),
            new Choice("weeks", "weeks"),
            new Choice("months", "months"),
            new Choice("years", "years"));
    private static final List<String> OTHER_CURRENCIES = List.of("EUR", "USD", "GBP", "CHF");
    private static final Pattern EDIT = Pattern.compile("(show|price[+-])(?: (\\d{1,3}))?");
    private static final Pattern PRICE = Pattern.compile("prices\\[(\\d+)].*");

    private final ObjectNode tree;
    private String at;
    private int shown;
    private String edit = "";

    private ProductForm(ObjectNode tree, int shown, String at) {
        this.tree = tree;
        this.at = at;
        this.shown = shown;
        if (!(tree.get("prices") instanceof ArrayNode prices) || prices.isEmpty()) {
            tree.putArray("prices").add(price("EUR", isFlat() ? PriceTree.flat() : PriceTree.first()));
        }
        this.shown = Math.clamp(shown, 0, prices().size() - 1);
        for (JsonNode price : prices()) {
            fit((ObjectNode) price);
        }
    }

    /** The form that was sent. */
    static ProductForm of(Fields fields) {
        ObjectNode tree = PathForm.read(fields, FIELDS.toArray(String[]::new));
        String index = fields.get("shown");
        return new ProductForm(tree, index.matches("\\d{1,3}") ? Integer.parseInt(index) : 0, fields.get("at"));
    }

    /** The form of a product that the API has. */
    static ProductForm of(JsonNode product, int shown) {
        ObjectNode tree = (ObjectNode) product.deepCopy();
        tree.retain(FIELDS);
        return new ProductForm(tree, shown, "");
    }

    /** An empty form. */
    static ProductForm blank(String type) {
        return new ProductForm(JSON.objectNode().put("type", type), 0, "");
    }

    private static ObjectNode price(String currency, ObjectNode price) {
        ObjectNode made = JSON.objectNode().put("currency", currency);
        made.putObject("interval").put("period", "months").put("count", 1);
        made.set("price", price);
        return made;
    }

    private void fit(ObjectNode price) {
        if (!(price.get("price") instanceof ObjectNode)) {
            price.set("price", PriceTree.first());
        }
        ObjectNode own = (ObjectNode) price.path("price");
        if (isFlat()) {
            own.put("model", Shape.FLAT.text());
            price.remove("filter");
        }
        PriceTree.fit(own);
    }

    private boolean isFlat() {
        return tree.path("type").asString("").equals(Kinds.FLAT_FEE);
    }

    private ArrayNode prices() {
        return (ArrayNode) tree.path("prices");
    }

    /** Does what a button of the form says. */
    ProductForm edited(String wanted) {
        edit = wanted;
        at = wanted.equals(PriceEdit.MODEL) ? "" : at;
        Matcher matcher = EDIT.matcher(wanted);
        if (!matcher.matches()) {
            if (Filters.apply(tree, wanted)) {
                return this;
            }
            PriceEdit.apply((ObjectNode) prices().get(shown).path("price"), wanted);
            return this;
        }
        int index = matcher.group(2) == null ? shown : Integer.parseInt(matcher.group(2));
        switch (matcher.group(1)) {
            case "show" -> shown = Math.min(index, prices().size() - 1);
            case "price+" -> {
                ObjectNode copy = (ObjectNode) prices().get(shown).deepCopy();
                prices().add(copy.put("currency", unusedCurrency()));
                shown = prices().size() - 1;
            }
            default -> {
                if (prices().size() > 1 && index < prices().size()) {
                    prices().remove(index);
                    shown = Math.min(shown, prices().size() - 1);
                }
            }
        }
        return this;
    }

    private String unusedCurrency() {
        List<String> used = prices().valueStream()
                .map(price -> price.path("currency").asString(""))
                .toList();
        return OTHER_CURRENCIES.stream()
                .filter(code -> !used.contains(code))
                .findFirst()
                .orElse("EUR");
    }

    /** Lays out the price that an error is about. */
    ProductForm showing(Refused refused) {
        refused.violations().stream()
                .map(Violation::path)
                .map(PRICE::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .ifPresent(path -> shown = Math.min(Integer.parseInt(path.group(1)), prices().size() - 1));
        return this;
    }

    /** What the API takes. */
    JsonNode body() {
        ObjectNode body = (ObjectNode) PathForm.sent(tree);
        if (isFlat()) {
            body.remove(List.of("aggregator_id", "filter"));
        }
        Filters.send(body);
        body.path("prices").forEach(price -> Filters.send((ObjectNode) price));
        return body;
    }

    /** The price that is laid out, as the API takes it, with its currency and interval. */
    JsonNode shownPrice() {
        return body().path("prices").get(shown);
    }

    ProductEditor editor(Api api, Aggregators aggregators, Refused refused, @Nullable Product saved, boolean edits) {
        JsonNode price = prices().get(shown);
        String aggregatorId = tree.path("aggregator_id").asString(null);
        Unit unit = aggregators.unit(aggregatorId);
        String currency = PriceParts.currency(price.path("currency").asString(""));
        String path = "prices[" + shown + "]";
        ObjectNode own = (ObjectNode) price.path("price");
        Live live = LivePrice.of(api, path + ".price", currency, unit, own, at);
        PriceEditors.Place place = new PriceEditors.Place(
                path + ".price",
                path + ".currency",
                currency,
                unit,
                isFlat() ? List.of(Shape.FLAT) : Arrays.asList(Shape.values()),
                edits);
        return new ProductEditor(
                saved == null ? null : saved.id(),
                saved == null ? 0 : saved.version(),
                tree.path("name").asString(""),
                tree.path("type").asString("dynamic"),
                aggregatorId,
                Kinds.ALL,
                aggregators.choices(aggregatorId),
                FilterWords.of(tree.path("filter")),
                FilterEditor.of(tree.path("filter"), "filter", refused),
                tabs(unit, refused),
                shown,
                Currencies.all(),
                currency,
                PERIODS,
                price.path("interval").path("period").asString("months"),
                price.path("interval").path("count").asString("1"),
                FilterEditor.of(price.path("filter"), path + ".filter", refused),
                PriceEditors.of(own, place, refused, edit, live),
                refused,
                edits);
    }

    private List<ProductEditor.PriceTab> tabs(Unit unit, Refused refused) {
        List<ProductEditor.PriceTab> tabs = new ArrayList<>();
        for (int i = 0; i < prices().size(); i++) {
            JsonNode price = prices().get(i);
            String currency = price.path("currency").asString("");
            String start = "prices[" + i + "]";
            String filter = FilterWords.of(price.path("filter"));
            tabs.add(new ProductEditor.PriceTab(
                    i,
                    currency + ", " + PriceWords.interval(price.path("interval"))
                            + (filter.isEmpty() ? "" : ", " + filter),
                    PriceWords.of(price.path("price"), PriceParts.currency(currency), unit),
                    i == shown,
                    refused.violations().stream()
                            .anyMatch(violation -> violation.path().startsWith(start)),
                    price.toString()));
        }
        return tabs;
    }
}
