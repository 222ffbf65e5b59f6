package io.meterline.console.subscription;

import io.meterline.console.Api;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What customers and products are called, asked for once for each page. */
public final class Names {

    private static final int MOST = 100;

    private final Api api;
    private final Map<String, Optional<Customer>> customers = new HashMap<>();
    private final Map<String, Optional<Product>> products = new HashMap<>();
    private final Map<String, Optional<Aggregator>> aggregators = new HashMap<>();
    private boolean listed;

    Names(Api api) {
        this.api = api;
    }

    /** A customer, as far as it is of interest here. */
    public record Customer(
            String id,
            @Nullable String externalId,
            @Nullable String name,
            String status,
            @Nullable String currency,
            @Nullable String timeZone) {

        /** The name, else the company's own id, else ours. */
        public String called() {
            return name != null ? name : externalId != null ? externalId : id;
        }

        /** The id that people know. */
        public String key() {
            return externalId != null ? externalId : id;
        }
    }

    /** A product, as far as it is of interest here. */
    public record Product(
            String id, String name, String type, @Nullable String aggregatorId, List<Price> prices, String status) {

        /** Those that subscriptions of a currency and an interval have. */
        public List<Price> prices(String currency, Interval interval) {
            return prices.stream()
                    .filter(price -> price.currency().equals(currency)
                            && (price.interval() == null ? new Interval("months", 1) : price.interval())
                                    .isSame(interval))
                    .toList();
        }
    }

    /** A price of a product. */
    public record Price(
            String currency,
            @Nullable Interval interval,
            @Nullable JsonNode filter,
            JsonNode price) {}

    private record Aggregator(@Nullable String unitName) {}

    private record Products(List<Product> data) {}

    private record Customers(List<Customer> data) {}

    public Optional<Customer> customer(String id) {
        return customers.computeIfAbsent(id, key -> api.find("/v1/customers/" + Api.encode(key), Customer.class));
    }

    /** What a customer is called. */
    public String customer(String id, @Nullable String externalId) {
        return customer(id).map(Customer::called).orElse(externalId == null ? id : externalId);
    }

    /** Those whose name or id contains a text. */
    List<Customer> search(String text) {
        String search = text.isBlank() ? "" : "&search=" + Api.encode(text.strip());
        return api.get("/v1/customers?status=active,automatically_created&take=20" + search, Customers.class)
                .data();
    }

    /** A product, archived ones included. */
    public Optional<Product> product(String id) {
        list();
        return products.computeIfAbsent(id, key -> api.find("/v1/products/" + Api.encode(key), Product.class));
    }

    /** What a product is called. */
    public String productName(String id) {
        return product(id).map(Product::name).orElse(id);
    }

    /** What its usage is counted in; null for a flat fee and where nobody said. */
    public @Nullable String unit(String productId) {
        return product(productId)
                .map(Product::aggregatorId)
                .flatMap(id -> aggregators.computeIfAbsent(
                        id, key -> api.find("/v1/aggregators/" + Api.encode(key), Aggregator.class)))
                .map(Aggregator::unitName)
                .orElse(null);
    }

    /** Those that are sold, by name. */
    public List<Product> sold() {
        list();
        return products.values().stream()
                .flatMap(Optional::stream)
                .filter(product -> product.status().equals("active"))
                .sorted((one, other) -> one.name().compareToIgnoreCase(other.name()))
                .toList();
    }

    private void list() {
        if (!listed) {
            listed = true;
            api.get("/v1/products?take=" + MOST, Products.class)
                    .data()
                    .forEach(product -> products.put(product.id(), Optional.of(product)));
        }
    }
}
