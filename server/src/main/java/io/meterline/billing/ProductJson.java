package io.meterline.billing;

import io.meterline.meter.FilterJson;
import io.meterline.meter.FilterText;
import io.meterline.meter.JsonFields;
import io.meterline.meter.Problems;
import io.meterline.store.Filter;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes the JSON of a product. Everything wrong with it is named in one answer. */
public final class ProductJson {

    /** More than a product has, in all currencies and intervals. */
    public static final int MAX_PRICES = 100;

    private static final Set<String> FIELDS = Set.of("name", "type", "aggregator_id", "filter", "prices");
    private static final int MAX_NAME = 200;

    private final JsonNode node;
    private final Problems problems = new Problems();

    private ProductJson(JsonNode node) {
        this.node = node;
    }

    /** The product. Throws a {@code RuleException} naming all that is wrong. */
    public static ProductDefinition read(JsonNode node) {
        ProductJson reader = new ProductJson(node);
        if (!node.isObject()) {
            reader.problems.add("", "wrong_type", "a product is a JSON object");
        } else {
            JsonFields.refuseUnknown(node, "", FIELDS, reader.problems);
        }
        ProductDefinition definition = reader.definition();
        reader.problems.throwIfAny();
        return definition;
    }

    private ProductDefinition definition() {
        String name = name();
        ProductType type = type();
        String aggregatorId = aggregatorId(type);
        Filter filter = FilterJson.read(node.get("filter"), "filter", problems);
        if (type == ProductType.FLAT_FEE && !filter.equals(Filter.NONE)) {
            problems.add("filter", "field_not_used", "a flat fee has no usage to filter");
        }
        return new ProductDefinition(
                name, type == null ? ProductType.DYNAMIC : type, aggregatorId, filter, prices(type));
    }

    private String name() {
        String name = JsonFields.text(node, "", "name", problems);
        if (name == null || name.isBlank() || name.codePointCount(0, name.length()) > MAX_NAME) {
            String code = node.hasNonNull("name") ? "invalid_value" : "required";
            problems.add("name", code, "a name has 1 to " + MAX_NAME + " characters");
        }
        return name == null ? "" : name;
    }

    private @Nullable ProductType type() {
        String text = JsonFields.text(node, "", "type", problems);
        ProductType type = ProductType.of(text == null ? "" : text).orElse(null);
        if (type == null) {
            String code = node.hasNonNull("type") ? "invalid_value" : "required";
            problems.add("type", code, "a type is one of " + ProductType.all());
        }
        return type;
    }

    private @Nullable String aggregatorId(@Nullable ProductType type) {
        String id = JsonFields.text(node, "", "aggregator_id", problems);
        if (type != null && type.isMeasured() && !node.hasNonNull("aggregator_id")) {
            problems.add("aggregator_id", "required", "say which aggregator measures it");
        }
        if (type == ProductType.FLAT_FEE && id != null) {
            problems.add("aggregator_id", "field_not_used", "a flat fee is not measured");
        }
        return id;
    }

    private List<ProductPrice> prices(@Nullable ProductType type) {
        List<ProductPrice> prices = new ArrayList<>();
        JsonNode array = node.path("prices");
        if (!array.isArray() || array.isEmpty()) {
            problems.add("prices", "required", "give at least one price");
            return prices;
        }
        if (array.size() > MAX_PRICES) {
            problems.add("prices", "too_many_prices", "a product has at most " + MAX_PRICES + " prices");
            return prices;
        }
        Set<Place> taken = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            ProductPrice price = ProductPriceJson.read(array.get(i), "prices[" + i + "]", type, problems);
            if (price == null) {
                continue;
            }
            prices.add(price);
            if (!taken.add(new Place(price.currency(), price.interval(), price.filter()))) {
                problems.add(
                        "prices[" + i + "]",
                        "duplicate_price",
                        "an earlier price has this currency, interval and filter, so nothing is left for this one");
            }
        }
        return prices;
    }

    /** What one price alone may have. */
    private record Place(Currency currency, Interval interval, Filter filter) {}

    /** The product with every field, in canonical form; reading it gives the same. */
    public static ObjectNode write(ProductDefinition product) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", product.name())
                .put("type", product.type().text())
                .put("aggregator_id", product.aggregatorId());
        json.set("filter", FilterText.write(product.filter()));
        ArrayNode prices = json.putArray("prices");
        product.prices().stream().map(ProductPriceJson::write).forEach(prices::add);
        return json;
    }
}
