package io.meterline.console.simulation;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a product costs now in one currency: where candidates begin.
 *
 * @param prices of the product, those of its monthly interval or else of its first
 */
record CurrentPrice(List<JsonNode> prices) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static CurrentPrice of(JsonNode product, String currency) {
        List<JsonNode> all = product.path("prices")
                .valueStream()
                .filter(price -> price.path("currency").asString("").equals(currency))
                .toList();
        JsonNode monthly = JSON.objectNode().put("period", "months").put("count", 1);
        JsonNode interval = all.stream()
                .map(price -> price.path("interval"))
                .filter(monthly::equals)
                .findFirst()
                .orElse(all.getFirst().path("interval"));
        return new CurrentPrice(all.stream()
                .filter(price -> price.path("interval").equals(interval))
                .toList());
    }

    private boolean isOne() {
        return prices.size() == 1 && !prices.getFirst().path("filter").isObject();
    }

    ObjectNode candidate(String name) {
        ObjectNode candidate = JSON.objectNode().put("name", name);
        if (isOne()) {
            candidate.set("price", prices.getFirst().path("price").deepCopy());
        } else {
            candidate.set("prices", all());
        }
        return candidate;
    }

    JsonNode baseline() {
        if (isOne()) {
            return prices.getFirst().path("price").deepCopy();
        }
        ObjectNode several = JSON.objectNode();
        several.set("prices", all());
        return several;
    }

    private ArrayNode all() {
        ArrayNode all = JSON.arrayNode();
        for (JsonNode price : prices) {
            ObjectNode one = all.addObject();
            if (price.path("filter").isObject()) {
                one.set("filter", price.path("filter").deepCopy());
            }
            one.set("price", price.path("price").deepCopy());
        }
        return all;
    }
}
