package io.meterline.console.price;

import io.meterline.console.Api;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Asks the API what a price would charge. Throws {@code ApiFault} for what it refuses. */
final class Previews {

    private static final String TARGET = "/v1/prices/preview";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Api api;
    private final String currency;
    private final JsonNode price;

    Previews(Api api, String currency, JsonNode price) {
        this.api = api;
        this.currency = currency;
        this.price = price;
    }

    /** So many quantities from zero on, and where tiers change. */
    Preview range(BigDecimal to, int points) {
        return post(body().put("from", "0").put("to", to.toPlainString()).put("points", points));
    }

    /** These quantities, in this order, and after them where tiers change. */
    Preview at(List<BigDecimal> quantities) {
        ObjectNode body = body();
        put(body.putArray("quantities"), quantities);
        return post(body);
    }

    /** One point for all of the events. */
    Preview events(List<BigDecimal> amounts) {
        ObjectNode body = body();
        put(body.putArray("event_amounts"), amounts);
        return post(body);
    }

    /** The same of the model alone, without terms. */
    Previews withoutTerms() {
        ObjectNode bare = JSON.objectNode();
        for (String field : List.of(PriceTree.MODEL, PriceTree.TIERS)) {
            Optional.ofNullable(price.get(field)).ifPresent(value -> bare.set(field, value));
        }
        return new Previews(api, currency, bare);
    }

    /** The same of a percentage whose allowances are used up. */
    Previews withoutAllowances() {
        ObjectNode bare = (ObjectNode) price.deepCopy();
        bare.remove(List.of("free_events", "free_amount"));
        return new Previews(api, currency, bare);
    }

    private ObjectNode body() {
        ObjectNode body = JSON.objectNode().put("currency", currency);
        body.set("price", price);
        return body;
    }

    private static void put(ArrayNode array, List<BigDecimal> numbers) {
        numbers.forEach(number -> array.add(number.toPlainString()));
    }

    private Preview post(ObjectNode body) {
        return api.post(TARGET, body, Preview.class);
    }
}
