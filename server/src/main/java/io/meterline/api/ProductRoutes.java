package io.meterline.api;

import io.meterline.access.Scope;
import io.meterline.billing.ProductDefinition;
import io.meterline.billing.ProductJson;
import io.meterline.billing.Products;
import io.meterline.control.Versioned;
import io.meterline.http.Call;
import io.meterline.http.Page;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/products}: what is sold in the caller's environment, its prices, and their versions. */
public final class ProductRoutes implements Routes.Source {

    private final Products products;

    public ProductRoutes(Products products) {
        this.products = products;
    }

    @Override
    public void register(Routes routes) {
        routes.describedIn("products");
        routes.get("/v1/products", Scope.READ, this::list).pages().takes("status", "status__in");
        routes.post("/v1/products", Scope.WRITE, this::create);
        routes.get("/v1/products/{id}", Scope.READ, this::get);
        routes.put("/v1/products/{id}", Scope.WRITE, this::update);
        routes.delete("/v1/products/{id}", Scope.WRITE, this::archive);
        routes.get("/v1/products/{id}/versions", Scope.READ, this::versions).pages();
        routes.get("/v1/products/{id}/versions/{version}", Scope.READ, this::version);
    }

    private Reply list(Call call) {
        Page page = Page.of(call.query());
        return Reply.ok(Listings.of(
                page,
                products.list(call.environment(), Versions.statuses(call.query()), Listings.request(page)),
                ProductRoutes::view));
    }

    private Reply create(Call call) {
        return Reply.created(view(products.create(call.environment(), definition(call))));
    }

    private Reply get(Call call) {
        return Reply.ok(view(products.get(call.environment(), call.path("id"))));
    }

    private Reply update(Call call) {
        return Reply.ok(view(products.update(call.environment(), call.path("id"), definition(call))));
    }

    private Reply archive(Call call) {
        return Reply.ok(view(products.archive(call.environment(), call.path("id"))));
    }

    private Reply versions(Call call) {
        Page page = Page.of(call.query());
        return Reply.ok(Listings.of(
                page,
                products.versions(call.environment(), call.path("id"), Listings.request(page)),
                ProductRoutes::view));
    }

    private Reply version(Call call) {
        int version = Versions.inPath(call);
        return Reply.ok(view(products.version(call.environment(), call.path("id"), version)));
    }

    private static ProductDefinition definition(Call call) {
        return ProductJson.read(call.json(JsonNode.class));
    }

    private static ObjectNode view(Versioned<ProductDefinition> product) {
        ObjectNode view = JsonNodeFactory.instance.objectNode().put("id", product.id());
        view.setAll(ProductJson.write(product.definition()));
        return Versions.view(view, product.version(), product.status(), product.createdAt(), product.updatedAt());
    }
}
