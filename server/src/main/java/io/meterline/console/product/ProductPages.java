package io.meterline.console.product;

import io.meterline.access.Role;
import io.meterline.console.Api;
import io.meterline.console.Area;
import io.meterline.console.Crumb;
import io.meterline.console.FilterWords;
import io.meterline.console.Pages;
import io.meterline.console.Refused;
import io.meterline.console.Seen;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.http.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /products/new}, {@code /products/{id}} and its versions. */
public final class ProductPages implements Pages.Source {

    private static final int MOST_PRICES = 99;
    private static final String TEMPLATE = "product/page.jte";

    @Override
    public void register(Pages pages) {
        pages.get("/products/new", Role.EDITOR, ProductPages::blank).takes("type");
        pages.get("/products/{id}", ProductPages::page).takes("price");
        pages.get("/products/{id}/versions/{version}", ProductPages::version).takes("price");
    }

    private static View blank(Visit visit) {
        String type = visit.query().text("type").orElse("dynamic");
        return made(visit, ProductForm.blank(type), Refused.NOTHING);
    }

    private static View page(Visit visit) {
        JsonNode product = visit.api().json(target(visit.id("id")));
        int shown = visit.query().integer("price", 1, 1, MOST_PRICES + 1) - 1;
        return saved(visit, product, ProductForm.of(product, shown), Refused.NOTHING, Seen.of(product));
    }

    private static View version(Visit visit) {
        String target = target(visit.id("id"));
        JsonNode old = visit.api().json(target + "/versions/" + Api.encode(visit.id("version")));
        Product current = visit.api().get(target, Product.class);
        int shown = visit.query().integer("price", 1, 1, MOST_PRICES + 1) - 1;
        Product product = read(old);
        Aggregators aggregators = new Aggregators(visit.api());
        ProductEditor editor =
                ProductForm.of(old, shown).editor(visit.api(), aggregators, Refused.NOTHING, product, false);
        ProductPage page = page(visit, editor, product, "", aggregators, target + "/versions/" + product.version());
        return new View.Whole(
                "product/version.jte",
                Area.PRODUCTS,
                List.of(
                        new Crumb(Area.PRODUCTS.title(), "/products"),
                        new Crumb(current.name(), "/products/" + current.id()),
                        new Crumb("Version " + product.version(), null)),
                page,
                200);
    }

    /** The page of a product that is to be made, with what was typed. */
    static View made(Visit visit, ProductForm form, Refused refused) {
        Aggregators aggregators = new Aggregators(visit.api());
        ProductEditor editor = form.editor(visit.api(), aggregators, refused, null, true);
        ProductPage page = new ProductPage(
                editor,
                null,
                "",
                null,
                null,
                "",
                List.of(),
                0,
                visit.curl("POST", "/v1/products", form.body().toString()),
                false);
        return new View.Whole(
                TEMPLATE,
                Area.PRODUCTS,
                List.of(new Crumb(Area.PRODUCTS.title(), "/products"), new Crumb("New product", null)),
                page,
                refused.any() ? 422 : 200);
    }

    /** The page of a product, with what was typed. */
    static View saved(Visit visit, JsonNode stored, ProductForm form, Refused refused, String seen) {
        Product product = read(stored);
        Aggregators aggregators = new Aggregators(visit.api());
        boolean edits = product.isActive() && visit.user().role().includes(Role.EDITOR);
        ProductEditor editor = form.editor(visit.api(), aggregators, refused, product, edits);
        ProductPage page = page(visit, editor, product, seen, aggregators, target(product.id()));
        return new View.Whole(
                TEMPLATE,
                Area.PRODUCTS,
                List.of(new Crumb(Area.PRODUCTS.title(), "/products"), new Crumb(product.name(), null)),
                page,
                refused.any() ? 422 : 200);
    }

    private static ProductPage page(
            Visit visit, ProductEditor editor, Product product, String seen, Aggregators aggregators, String target) {
        Aggregators.Aggregator counted = aggregators.find(product.aggregatorId());
        return new ProductPage(
                editor,
                product,
                seen,
                counted == null ? null : counted.name(),
                counted == null ? null : counted.eventType(),
                counted == null || counted.filter() == null ? "" : FilterWords.of(counted.filter()),
                versions(visit.api(), product, aggregators),
                Subscribers.count(visit.api(), product.id()),
                visit.curl(target),
                product.isActive());
    }

    private static List<ProductPage.Version> versions(Api api, Product product, Aggregators aggregators) {
        JsonNode all = api.json(target(product.id()) + "/versions?take=11").path("data");
        List<ProductPage.Version> versions = new ArrayList<>();
        for (int i = 0; i < Math.min(all.size(), 10); i++) {
            JsonNode before = all.path(i + 1);
            Product one = read(all.get(i));
            List<Changes.Change> changes =
                    before.isMissingNode() ? List.of() : Changes.between(before, all.get(i), aggregators);
            versions.add(new ProductPage.Version(
                    one.version(), one.updatedAt(), changes, one.version() == product.version()));
        }
        return versions;
    }

    static String target(String id) {
        return "/v1/products/" + Api.encode(id);
    }

    /** A product of JSON. */
    static Product read(JsonNode product) {
        return Json.mapper()
                .readerFor(Product.class)
                .without(tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .readValue(product);
    }

    static @Nullable String text(JsonNode node) {
        return node.isString() ? node.stringValue() : null;
    }
}
