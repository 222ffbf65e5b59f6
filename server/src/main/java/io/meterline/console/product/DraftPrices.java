package io.meterline.console.product;

import io.meterline.http.Fields;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The prices of a product's form that stand in place of each other: of one currency and interval.
 *
 * @param prices as {@code [{"filter","price"}]}
 */
public record DraftPrices(String currency, ArrayNode prices) {

    /** Those of the price that is laid out. */
    public static DraftPrices of(Fields fields) {
        ProductForm form = ProductForm.of(fields);
        JsonNode shown = form.shownPrice();
        ArrayNode prices = JsonNodeFactory.instance.arrayNode();
        for (JsonNode price : form.body().path("prices")) {
            if (sameAs(shown, price)) {
                JsonNode filter = price.path("filter");
                var one = prices.addObject();
                if (filter.isObject()) {
                    one.set("filter", filter);
                }
                one.set("price", price.path("price"));
            }
        }
        return new DraftPrices(shown.path("currency").asString(""), prices);
    }

    private static boolean sameAs(JsonNode shown, JsonNode price) {
        return shown.path("currency").equals(price.path("currency"))
                && shown.path("interval").equals(price.path("interval"));
    }
}
