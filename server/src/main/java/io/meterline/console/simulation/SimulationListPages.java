package io.meterline.console.simulation;

import io.meterline.console.Api;
import io.meterline.console.Area;
import io.meterline.console.Pager;
import io.meterline.console.Pages;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.console.product.Product;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /simulations}: those that were run. */
public final class SimulationListPages implements Pages.Source {

    private static final int TAKE = 25;
    private static final String EXAMPLE = """
            {"product_id":"prd_…","candidates":[{"name":"cheaper","price":{"model":"per_unit","unit_amount":"4.50"}}]}""";

    /** The list. */
    public record ListPage(
            List<Item> items, Pager pager, boolean goesOn, boolean hasProducts, String curl, String example) {}

    /** One of them. */
    public record Item(
            String id,
            String product,
            String productId,
            String candidates,
            String over,
            String currency,
            String status,
            String tone,
            int percent,
            Instant created) {}

    @Override
    public void register(Pages pages) {
        pages.get("/simulations", SimulationListPages::list).takes("skip");
    }

    private static View list(Visit visit) {
        int skip = visit.query().integer("skip", 0, 0, 10_000);
        String target = "/v1/simulations?take=" + TAKE + (skip == 0 ? "" : "&skip=" + skip);
        Simulation.Listing found = visit.api().get(target, Simulation.Listing.class);
        Map<String, String> products = products(visit.api());
        long total = found.meta().total();
        int shown = found.data().size();
        Pager pager = new Pager(
                shown == 0 ? 0 : skip + 1L,
                skip + shown,
                total,
                skip == 0 ? null : address(visit, Math.max(0, skip - TAKE)),
                skip + shown >= total ? null : address(visit, skip + TAKE));
        ListPage page = new ListPage(
                found.data().stream().map(one -> item(one, products)).toList(),
                pager,
                found.data().stream().anyMatch(one -> !one.isOver()),
                !products.isEmpty(),
                visit.curl(target),
                visit.curl("POST", "/v1/simulations", EXAMPLE));
        return View.page("simulation/list.jte", Area.SIMULATIONS, page);
    }

    private static String address(Visit visit, int skip) {
        return visit.path("/simulations" + (skip == 0 ? "" : "?skip=" + skip));
    }

    /** The names of products, by id. */
    static Map<String, String> products(Api api) {
        Map<String, String> names = new LinkedHashMap<>();
        api.get("/v1/products?status__in=active,archived&take=100", Product.Listing.class)
                .data()
                .forEach(product -> names.put(product.id(), product.name()));
        return names;
    }

    private static Item item(Simulation one, Map<String, String> products) {
        return new Item(
                one.id(),
                products.getOrDefault(one.productId(), one.productId()),
                one.productId(),
                String.join(", ", one.names()),
                over(one),
                one.currency(),
                one.status(),
                one.tone(),
                one.progress().percent(),
                one.createdAt());
    }

    /** Over which usage. */
    static String over(Simulation one) {
        String periods = one.by().equals("subscription")
                ? one.periods() == 1 ? "1 billing period" : one.periods() + " billing periods"
                : one.periods() == 1 ? "1 month" : one.periods() + " months";
        return periods
                + (one.customers().isArray()
                        ? " of " + Shown.people(one.customers().size())
                        : " of all customers");
    }
}
