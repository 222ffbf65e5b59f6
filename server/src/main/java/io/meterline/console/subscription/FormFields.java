package io.meterline.console.subscription;

import io.meterline.console.price.Numbers;
import io.meterline.console.subscription.Subscription.OnProduct;
import io.meterline.console.subscription.Subscription.Override;
import io.meterline.http.Fields;
import io.meterline.http.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** From the fields of the form to the JSON of the API, and back. A text that is wrong goes as it is: the API says why. */
final class FormFields {

    static final String PRODUCT = "product";
    static final String OWN = "own.";
    static final String OWN_AMOUNT = "own_amount.";
    static final String OWN_JSON = "own_json.";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern WAIT = Pattern.compile("P(\\d+)D|PT(\\d+)H");

    private FormFields() {}

    /** Everything, for a new one and one that has not started. */
    static ObjectNode whole(Fields fields, String zone) {
        ObjectNode body = JSON.objectNode();
        put(body, "customer_id", fields.get("customer"));
        put(body, "external_id", fields.get("external_id"));
        put(body, "currency", fields.get("currency"));
        put(body, "time_zone", fields.get("time_zone"));
        put(body, "starts_at", time(fields.get("starts_at"), zone));
        put(body, "ends_at", time(fields.get("ends_at"), zone));
        put(body, "anchor", time(fields.get("anchor"), zone));
        body.set("interval", interval(fields));
        body.set("products", products(fields));
        put(body, "metering", fields.get("metering"));
        put(body, "close_after", closeAfter(fields));
        body.put("prorate_flat_fees", fields.isOn("prorate_flat_fees"));
        return body;
    }

    /** What can be edited of one that runs. */
    static ObjectNode running(Fields fields, String zone) {
        ObjectNode body = JSON.objectNode();
        put(body, "external_id", fields.get("external_id"));
        put(body, "ends_at", time(fields.get("ends_at"), zone));
        put(body, "close_after", closeAfter(fields));
        return body;
    }

    /** A change. */
    static ObjectNode change(Fields fields, String zone) {
        ObjectNode body = JSON.objectNode();
        put(body, "effective", fields.get("effective"));
        body.set("interval", interval(fields));
        fields.text("anchor").ifPresent(anchor -> put(body, "anchor", time(anchor, zone)));
        body.set("products", products(fields));
        return body;
    }

    /** Fields that show a subscription. */
    static Map<String, String> of(Subscription subscription) {
        Map<String, String> fields = new LinkedHashMap<>();
        String zone = subscription.timeZone();
        fields.put(
                "customer",
                Optional.ofNullable(subscription.externalCustomerId()).orElse(subscription.customerId()));
        fields.put("external_id", Optional.ofNullable(subscription.externalId()).orElse(""));
        fields.put("currency", subscription.currency());
        fields.put("time_zone", zone);
        fields.put("starts_at", Dates.field(subscription.startsAt(), zone));
        if (subscription.endsAt() != null) {
            fields.put("ends_at", Dates.field(subscription.endsAt(), zone));
        }
        if (!subscription.anchor().equals(subscription.startsAt())) {
            fields.put("anchor", Dates.field(subscription.anchor(), zone));
        }
        fields.put("interval_count", Integer.toString(subscription.interval().times()));
        fields.put("interval_period", subscription.interval().period());
        fields.put("metering", subscription.metering());
        closeAfter(subscription.closeAfter(), fields);
        if (subscription.prorateFlatFees()) {
            fields.put("prorate_flat_fees", "true");
        }
        subscription.products().forEach(on -> own(on, fields));
        return fields;
    }

    private static void closeAfter(String text, Map<String, String> fields) {
        Matcher matcher = WAIT.matcher(text);
        if (!matcher.matches()) {
            fields.put("closes", text.equals("manual") ? "manual" : "other");
            fields.put("close_other", text);
            return;
        }
        fields.put("closes", "after");
        fields.put("close_count", matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        fields.put("close_unit", matcher.group(1) == null ? "H" : "D");
    }

    private static void own(OnProduct on, Map<String, String> fields) {
        List<Override> own = on.ownPrices();
        if (own.isEmpty()) {
            return;
        }
        String id = on.productId();
        JsonNode price = own.getFirst().price();
        boolean plain = own.size() == 1
                && own.getFirst().filter() == null
                && price.size() == 2
                && (price.has("unit_amount") || price.has("amount"));
        fields.put(OWN_JSON + id, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(own));
        if (plain) {
            fields.put(OWN + id, price.path("model").asString(""));
            fields.put(
                    OWN_AMOUNT + id,
                    price.path(price.has("amount") ? "amount" : "unit_amount").asString(""));
        } else {
            fields.put(OWN + id, "json");
        }
    }

    static ObjectNode interval(Fields fields) {
        ObjectNode interval =
                JSON.objectNode().put("period", fields.text("interval_period").orElse("months"));
        String count = fields.text("interval_count").orElse("1");
        if (count.matches("\\d{1,9}")) {
            return interval.put("count", Integer.parseInt(count));
        }
        return interval.put("count", count);
    }

    /** The one that is chosen, as far as it can be read. */
    static Interval chosenInterval(Fields fields) {
        String count = fields.text("interval_count").orElse("1");
        return new Interval(
                fields.text("interval_period").orElse("months"),
                count.matches("\\d{1,9}") ? Integer.parseInt(count) : 1);
    }

    private static ArrayNode products(Fields fields) {
        ArrayNode products = JSON.arrayNode();
        for (String id : fields.all(PRODUCT)) {
            ObjectNode product = products.addObject().put("product_id", id);
            overrides(fields, id).ifPresent(overrides -> product.set("overrides", overrides));
        }
        return products;
    }

    private static Optional<JsonNode> overrides(Fields fields, String id) {
        String model = fields.get(OWN + id);
        return switch (model) {
            case "" -> Optional.empty();
            case "json" -> Optional.of(json(fields.raw(OWN_JSON + id)));
            default -> {
                ArrayNode overrides = JSON.arrayNode();
                overrides
                        .addObject()
                        .putObject("price")
                        .put("model", model)
                        .put(model.equals("flat") ? "amount" : "unit_amount", decimal(fields.get(OWN_AMOUNT + id)));
                yield Optional.of(overrides);
            }
        };
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JacksonException e) {
            return JSON.stringNode(text);
        }
    }

    // 1,234.50 as people write it; what is no number goes out as it is, and the API says what is wrong.
    private static String decimal(String text) {
        return Numbers.typed(text).map(BigDecimal::toPlainString).orElse(text);
    }

    static @Nullable String closeAfter(Fields fields) {
        return switch (fields.get("closes")) {
            case "after" -> {
                String count = fields.get("close_count");
                yield fields.get("close_unit").equals("H") ? "PT" + count + "H" : "P" + count + "D";
            }
            case "other" -> fields.get("close_other");
            default -> "manual";
        };
    }

    /** A local time of a zone as the API takes it; as it is where it cannot be read. */
    static String time(String text, String zone) {
        if (text.isEmpty()) {
            return "";
        }
        try {
            return LocalDateTime.parse(text).atZone(ZoneId.of(zone)).toInstant().toString();
        } catch (DateTimeException e) {
            return text;
        }
    }

    private static void put(ObjectNode body, String field, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            body.putNull(field);
        } else {
            body.put(field, text);
        }
    }

    /** What a new one begins with. */
    static Map<String, String> fresh(String starts) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("starts_at", starts);
        fields.put("interval_count", "1");
        fields.put("interval_period", "months");
        fields.put("metering", "period");
        fields.put("closes", "manual");
        fields.put("close_count", "3");
        fields.put("close_unit", "D");
        fields.put("prorate_flat_fees", "true");
        return fields;
    }

    /** The fields that a subscription is chosen by, besides those of {@link #of}. */
    static List<String> chosen(Subscription subscription) {
        return subscription.products().stream().map(OnProduct::productId).toList();
    }
}
