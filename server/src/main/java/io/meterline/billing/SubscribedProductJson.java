package io.meterline.billing;

import io.meterline.billing.SubscribedProduct.OwnPrice;
import io.meterline.meter.JsonFields;
import io.meterline.meter.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads and writes {@code [{"product_id","overrides":[{"filter","price"}]}]}. */
final class SubscribedProductJson {

    private static final int MAX_PRODUCTS = 100;
    private static final Set<String> FIELDS = Set.of("product_id", "overrides");

    private final Problems problems;

    private SubscribedProductJson(Problems problems) {
        this.problems = problems;
    }

    /** The products in the field {@code products} of an object. What is wrong is noted. */
    static List<SubscribedProduct> read(JsonNode node, Problems problems) {
        JsonNode array = node.path("products");
        if (!array.isArray() || array.isEmpty()) {
            problems.add("products", "required", "choose at least one product");
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
        return OwnPriceJson.read(array, at, problems);
    }

    static ArrayNode write(List<SubscribedProduct> products) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (SubscribedProduct product : products) {
            array.addObject()
                    .put("product_id", product.productId())
                    .set("overrides", OwnPriceJson.write(product.overrides()));
        }
        return array;
    }
}
