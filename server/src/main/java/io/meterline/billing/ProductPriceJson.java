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
    private static final Set<String> INTERVAL_FIELDS = Set.of("period", "count");

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
        Interval interval = interval();
        Filter filter = FilterJson.read(node.get("filter"), at("filter"), problems);
        Price price = price();
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
        String code = JsonFields.text(node, path, "currency", problems);
        if (code == null) {
            if (!node.hasNonNull("currency")) {
                problems.add(at("currency"), "required", "say which currency the price is in");
            }
            return null;
        }
        return Currencies.of(code).orElseGet(() -> {
            problems.add(at("currency"), "unknown_currency", "a currency is a code of ISO 4217, as EUR");
            return null;
        });
    }

    private Interval interval() {
        JsonNode interval = node.path("interval");
        if (interval.isMissingNode() || interval.isNull()) {
            return Interval.MONTHLY;
        }
        if (!interval.isObject()) {
            problems.add(
                    at("interval"), "wrong_type", "this must be an object, as {\"period\":\"months\",\"count\":1}");
            return Interval.MONTHLY;
        }
        JsonFields.refuseUnknown(interval, at("interval"), INTERVAL_FIELDS, problems);
        String unit = JsonFields.text(interval, at("interval"), "period", problems);
        JsonNode count = interval.path("count");
        boolean once = count.isMissingNode() || count.isNull();
        if (!once && !(count.isInt() && count.intValue() >= 1 && count.intValue() <= Interval.MAX_COUNT)) {
            problems.add(at("interval.count"), "invalid_value", "this is a whole number of 1 to " + Interval.MAX_COUNT);
            return Interval.MONTHLY;
        }
        Interval.Unit found = Interval.Unit.of(unit == null ? "" : unit).orElse(null);
        if (found == null) {
            problems.add(at("interval.period"), "invalid_value", "this is one of days, weeks, months, years");
            return Interval.MONTHLY;
        }
        return new Interval(found, once ? 1 : count.intValue());
    }

    private @Nullable Price price() {
        if (!node.hasNonNull("price")) {
            problems.add(at("price"), "required", "say what it costs");
            return null;
        }
        Checked checked = PriceJson.read(node.get("price"), at("price"));
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
        json.putObject("interval")
                .put("period", price.interval().unit().text())
                .put("count", price.interval().count());
        json.set("filter", FilterText.write(price.filter()));
        json.set("price", PriceText.write(price.price()));
        return json;
    }
}
