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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes {@code [{"product_id","overrides":[{"filter","price"}]}]}. */
final class SubscribedProductJson {

    private static final int MAX_PRODUCTS = 100;
    private static final Set<String> FIELDS = Set.of("product_id", "overrides");
    private static final Set<String> OVERRIDE_FIELDS = Set.of("filter", "price");

    private final Problems problems;

    private SubscribedProductJson(Problems problems) {
        this.problems = problems;
    }

    /** The products in the field {@code products} of an object. What is wrong is noted. */
    static List<SubscribedProduct> read(JsonNode node, Problems problems) {
        JsonNode array = node.path("products");
        if (!array.isArray() || array.isEmpty()) {
            problems.add("products", "required", "a subscription has at least one product, in an array");
            return List.of();
        }
        if (array.size() > MAX_PRODUCTS) {
            problems.add("products", "too_many_products", "a subscription has at most " + MAX_PRODUCTS + " products");
            return List.of();
        }
        return new SubscribedProductJson(problems).products(array);
    }

    private List<SubscribedProduct> products(JsonNode array) {
        List<SubscribedProduct> products = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            String path = "products[" + i + "]";
            JsonNode product = array.get(i);
            if (!product.isObject()) {
                problems.add(path, "wrong_type", "a product of a subscription is an object with a product_id");
                continue;
            }
            JsonFields.refuseUnknown(product, path, FIELDS, problems);
            String id = JsonFields.text(product, path, "product_id", problems);
            if (id == null && !product.hasNonNull("product_id")) {
                problems.add(path + ".product_id", "required", "say which product");
            }
            if (id != null && !taken.add(id)) {
                problems.add(path + ".product_id", "duplicate_product", "an earlier one is this product");
            }
            products.add(new SubscribedProduct(id == null ? "" : id, overrides(product, path)));
        }
        return products;
    }

    private List<OwnPrice> overrides(JsonNode product, String path) {
        JsonNode array = product.path("overrides");
        String at = path + ".overrides";
        if (array.isMissingNode() || array.isNull()) {
            return List.of();
        }
        if (!array.isArray()) {
            problems.add(at, "wrong_type", "this must be an array of prices");
            return List.of();
        }
        if (array.size() > ProductJson.MAX_PRICES) {
            problems.add(at, "too_many_prices", "a product has at most " + ProductJson.MAX_PRICES + " prices");
            return List.of();
        }
        List<OwnPrice> overrides = new ArrayList<>();
        Set<Filter> taken = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            override(array.get(i), at + "[" + i + "]", taken, overrides);
        }
        return overrides;
    }

    private void override(JsonNode node, String path, Set<Filter> taken, List<OwnPrice> overrides) {
        if (!node.isObject()) {
            problems.add(path, "wrong_type", "an override is an object with a price");
            return;
        }
        JsonFields.refuseUnknown(node, path, OVERRIDE_FIELDS, problems);
        Filter filter = FilterJson.read(node.get("filter"), path + ".filter", problems);
        Price price = ProductPriceJson.price(node, path, problems);
        if (!taken.add(filter)) {
            problems.add(path, "duplicate_price", "an earlier price has this filter, so nothing is left for this one");
        }
        if (price != null) {
            overrides.add(new OwnPrice(filter, price));
        }
    }

    static ArrayNode write(List<SubscribedProduct> products) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (SubscribedProduct product : products) {
            ArrayNode overrides =
                    array.addObject().put("product_id", product.productId()).putArray("overrides");
            for (OwnPrice override : product.overrides()) {
                ObjectNode json = overrides.addObject();
                json.set("filter", FilterText.write(override.filter()));
                json.set("price", PriceText.write(override.price()));
            }
        }
        return array;
    }
}
