package io.meterline.console.product;

import io.meterline.console.Api;
import io.meterline.console.Area;
import io.meterline.console.Pager;
import io.meterline.console.Pages;
import io.meterline.console.Tab;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.console.price.PriceWords;
import io.meterline.console.price.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /products}: what is sold. */
public final class ProductListPages implements Pages.Source {

    private static final int TAKE = 25;
    private static final int MOST_SKIPPED = 10_000;
    private static final String EXAMPLE = """
            {"name":"API calls","type":"dynamic","aggregator_id":"agg_…","prices":[{"currency":"EUR",\
            "price":{"model":"graduated","tiers":[{"up_to":"10000","unit_amount":"0.005"},{"up_to":null,"unit_amount":"0.002"}]}}]}""";

    @Override
    public void register(Pages pages) {
        pages.get("/products", ProductListPages::list).takes("status", "skip");
    }

    private static View list(Visit visit) {
        boolean archived =
                visit.query().text("status").filter("archived"::equals).isPresent();
        int skip = visit.query().integer("skip", 0, 0, MOST_SKIPPED);
        String target =
                "/v1/products?take=" + TAKE + (skip == 0 ? "" : "&skip=" + skip) + (archived ? "&status=archived" : "");
        Api api = visit.api();
        Product.Listing found = api.get(target, Product.Listing.class);
        Aggregators aggregators = new Aggregators(api);
        ListPage page = new ListPage(
                tabs(visit, archived, found.meta().total()),
                found.data().stream()
                        .map(product -> item(api, product, aggregators))
                        .toList(),
                pager(visit, archived, skip, found),
                archived,
                aggregators.choices(null).size() > 1,
                visit.curl(target),
                visit.curl("POST", "/v1/products", EXAMPLE));
        return View.page("product/list.jte", Area.PRODUCTS, page);
    }

    private static List<Tab> tabs(Visit visit, boolean archived, long shown) {
        String other = archived ? "/v1/products?take=1" : "/v1/products?take=1&status=archived";
        long others = visit.api().get(other, Product.Listing.class).meta().total();
        return List.of(
                new Tab("Active", visit.path("/products"), !archived, Long.toString(archived ? others : shown)),
                new Tab(
                        "Archived",
                        visit.path("/products?status=archived"),
                        archived,
                        Long.toString(archived ? shown : others)));
    }

    private static ListPage.Item item(Api api, Product product, Aggregators aggregators) {
        Unit unit = aggregators.unit(product.aggregatorId());
        Aggregators.Aggregator counted = aggregators.find(product.aggregatorId());
        return new ListPage.Item(
                product.id(),
                product.name(),
                product.kind(),
                counted == null ? null : counted.name(),
                product.aggregatorId(),
                product.prices().stream()
                        .map(price -> new ListPage.Price(
                                price.path("currency").asString("") + ", "
                                        + PriceWords.interval(price.path("interval")),
                                PriceWords.of(
                                        price.path("price"),
                                        price.path("currency").asString("EUR"),
                                        unit)))
                        .toList(),
                product.version(),
                product.updatedAt(),
                Subscribers.count(api, product.id()));
    }

    private static Pager pager(Visit visit, boolean archived, int skip, Product.Listing found) {
        long total = found.meta().total();
        int shown = found.data().size();
        return new Pager(
                shown == 0 ? 0 : skip + 1L,
                skip + shown,
                total,
                skip == 0 ? null : address(visit, archived, Math.max(0, skip - TAKE)),
                skip + shown >= total ? null : address(visit, archived, skip + TAKE));
    }

    private static @Nullable String address(Visit visit, boolean archived, int skip) {
        String query = (archived ? "&status=archived" : "") + (skip == 0 ? "" : "&skip=" + skip);
        return visit.path("/products" + (query.isEmpty() ? "" : "?" + query.substring(1)));
    }
}
