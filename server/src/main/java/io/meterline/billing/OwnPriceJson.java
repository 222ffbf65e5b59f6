package io.meterline.billing;

import io.meterline.billing.SubscribedProduct.OwnPrice;
import io.meterline.meter.FilterJson;
import io.meterline.meter.FilterText;
import io.meterline.meter.JsonFields;
import io.meterline.meter.Problems;
import io.meterline.price.Price;
import io.meterline.store.Filter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes prices that stand for all prices of a product: {@code [{"filter","price"}]}. */
public final class OwnPriceJson {

    private static final Set<String> FIELDS = Set.of("filter", "price");

    private OwnPriceJson() {}

    /** The prices in an array. What is wrong is noted; a price that is wrong is left out. */
    public static List<OwnPrice> read(JsonNode array, String path, Problems problems) {
        if (!array.isArray()) {
            problems.add(path, "wrong_type", "this must be an array of prices");
            return List.of();
        }
        if (array.size() > ProductJson.MAX_PRICES) {
            problems.add(path, "too_many_prices", "a product has at most " + ProductJson.MAX_PRICES + " prices");
            return List.of();
        }
        List<OwnPrice> prices = new ArrayList<>();
        Set<Filter> taken = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            OwnPrice price = read(array.get(i), path + "[" + i + "]", taken, problems);
            if (price != null) {
                prices.add(price);
            }
        }
        return prices;
    }

    private static @Nullable OwnPrice read(JsonNode node, String path, Set<Filter> taken, Problems problems) {
        if (!node.isObject()) {
            problems.add(path, "wrong_type", "this must be an object with a price");
            return null;
        }
        JsonFields.refuseUnknown(node, path, FIELDS, problems);
        Filter filter = FilterJson.read(node.get("filter"), path + ".filter", problems);
        Price price = ProductPriceJson.price(node, path, problems);
        if (!taken.add(filter)) {
            problems.add(path, "duplicate_price", "an earlier price has this filter, so nothing is left for this one");
        }
        return price == null ? null : new OwnPrice(filter, price);
    }

    /** The prices in canonical form; reading it gives the same. */
    public static ArrayNode write(List<OwnPrice> prices) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (OwnPrice price : prices) {
            ObjectNode json = array.addObject();
            json.set("filter", FilterText.write(price.filter()));
            json.set("price", PriceText.write(price.price()));
        }
        return array;
    }
}
