package io.meterline.billing;

import io.meterline.meter.FilterJson;
import io.meterline.meter.FilterText;
import io.meterline.meter.JsonFields;
import io.meterline.meter.Problems;
import io.meterline.price.Checked;
import io.meterline.price.Currencies;
import io.meterline.price.Flat;
import io.meterline.price.Price;
import io.meterline.store.Filter;
import java.util.Currency;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes {@code {"currency","interval","filter","price"}}. */
final class ProductPriceJson {

    private static final Set<String> FIELDS = Set.of("currency", "interval", "filter", "price");

    private final JsonNode node;
    private final String path;
    private final Problems problems;

    private ProductPriceJson(JsonNode node, String path, Problems problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    /** The price, or null when something is wrong with it, which is then noted. */
    static @Nullable ProductPrice read(JsonNode node, String path, @Nullable ProductType type, Problems problems) {
        if (!node.isObject()) {
            problems.add(path, "wrong_type", "a price of a product is an object with currency, interval and price");
            return null;
        }
        JsonFields.refuseUnknown(node, path, FIELDS, problems);
        return new ProductPriceJson(node, path, problems).productPrice(type);
    }

    private @Nullable ProductPrice productPrice(@Nullable ProductType type) {
        Currency currency = currency();
        Interval interval = IntervalJson.read(node, path, problems);
        Filter filter = FilterJson.read(node.get("filter"), at("filter"), problems);
        Price price = price(node, path, problems);
        if (type == ProductType.FLAT_FEE) {
            flatFee(filter, price);
        }
        return currency == null || price == null ? null : new ProductPrice(currency, interval, filter, price);
    }

    private void flatFee(Filter filter, @Nullable Price price) {
        if (!filter.equals(Filter.NONE)) {
            problems.add(at("filter"), "field_not_used", "a flat fee has no usage to filter");
        }
        if (price != null && !(price.model() instanceof Flat)) {
            problems.add(at("price.model"), "invalid_value", "a flat fee has prices of the model flat");
        }
    }

    private @Nullable Currency currency() {
        if (!node.hasNonNull("currency")) {
            problems.add(at("currency"), "required", "say which currency the price is in");
            return null;
        }
        return currency(node, path, problems);
    }

    /** The currency in the field {@code currency} of an object; null when there is none, or a wrong one, which is noted. */
    static @Nullable Currency currency(JsonNode node, String path, Problems problems) {
        String code = JsonFields.text(node, path, "currency", problems);
        if (code == null) {
            return null;
        }
        return Currencies.of(code).orElseGet(() -> {
            problems.add(
                    JsonFields.join(path, "currency"), "unknown_currency", "a currency is a code of ISO 4217, as EUR");
            return null;
        });
    }

    /** The price in the field {@code price} of an object, or null when it is wrong, which is then noted. */
    static @Nullable Price price(JsonNode node, String path, Problems problems) {
        String at = JsonFields.join(path, "price");
        if (!node.hasNonNull("price")) {
            problems.add(at, "required", "say what it costs");
            return null;
        }
        Checked checked = PriceJson.read(node.get("price"), at);
        Stream.concat(checked.faults().stream(), checked.slips().stream())
                .forEach(wrong -> problems.add(wrong.path(), wrong.code(), wrong.message()));
        return checked.price();
    }

    private String at(String field) {
        return JsonFields.join(path, field);
    }

    /** With every field; reading it gives the same. */
    static ObjectNode write(ProductPrice price) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("currency", price.currency().getCurrencyCode());
        json.set("interval", IntervalJson.write(price.interval()));
        json.set("filter", FilterText.write(price.filter()));
        json.set("price", PriceText.write(price.price()));
        return json;
    }
}
