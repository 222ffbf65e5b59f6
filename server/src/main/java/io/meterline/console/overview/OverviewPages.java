package io.meterline.console.overview;

import io.meterline.console.Api;
import io.meterline.console.Area;
import io.meterline.console.EventTypes;
import io.meterline.console.Pages;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.console.event.Example;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The first page. */
public final class OverviewPages implements Pages.Source {

    private static final String PENDING = "/v1/customers?status=automatically_created";
    private static final String COUNT = """
            {"name":"API calls","event_type":"api_calls","operation":"sum","property":"calls","unit_name":"calls"}""";

    private final UsageCharts charts;
    private final InstantSource clock;

    public OverviewPages(EventTypes types, InstantSource clock) {
        this.charts = new UsageCharts(types, clock);
        this.clock = clock;
    }

    @Override
    public void register(Pages pages) {
        pages.get("", visit -> View.page("overview/page.jte", Area.OVERVIEW, overview(visit)));
        pages.get("/overview/chart", this::chart).takes("span");
    }

    private enum Span {
        MONTH,
        DAY
    }

    private record Total(Meta meta) {
        record Meta(long total) {}
    }

    private record Customers(Total.Meta meta, List<Overview.Customer> data) {}

    private record Rejected(Total.Meta meta, List<Overview.Rejected> data) {}

    private record Loaders(Total.Meta meta, List<Overview.Loader> data) {}

    private record Aggregators(Total.Meta meta, List<Id> data) {
        record Id(String id) {}

        String first() {
            return data.isEmpty() ? "agg_…" : data.getFirst().id();
        }
    }

    private View chart(Visit visit) {
        boolean hours = visit.query().oneOf("span", Span.class).orElse(Span.MONTH) == Span.DAY;
        return View.part("overview/chart.jte", charts.of(visit, hours));
    }

    private Overview overview(Visit visit) {
        Api api = visit.api();
        long events = total(api, "/v1/events?take=1");
        Instant midnight = clock.instant().truncatedTo(ChronoUnit.DAYS);
        String today = Api.encode(midnight.toString());
        Customers pending = api.get(PENDING + "&take=5", Customers.class);
        Rejected rejected = api.get("/v1/events/rejected?take=5", Rejected.class);
        Loaders loaders = api.get("/v1/loaders?take=100", Loaders.class);
        long customers = total(api, "/v1/customers?take=1&status=active");
        return new Overview(
                events,
                events == 0 ? 0 : total(api, "/v1/events?take=1&timestamp__gte=" + today),
                visit.path("/events?from=" + today),
                customers,
                pending.meta().total(),
                pending.data(),
                rejected.meta().total(),
                rejected.data(),
                loaders.meta().total(),
                loaders.data().stream().filter(Overview.Loader::isTroubled).toList(),
                total(api, "/v1/subscriptions?take=1"),
                steps(visit, events),
                visit.path("/overview/chart"));
    }

    private List<Overview.Step> steps(Visit visit, long events) {
        Aggregators aggregators = visit.api().get("/v1/aggregators?take=1", Aggregators.class);
        long products = total(visit.api(), "/v1/products?take=1");
        if (events > 0 && aggregators.meta().total() > 0 && products > 0) {
            return List.of();
        }
        return List.of(
                new Overview.Step(
                        1,
                        "Bring usage in",
                        "Send events as they happen, or let a data loader read rows from your database.",
                        events > 0,
                        "Add a data loader",
                        visit.path("/loaders"),
                        curl(visit, "/v1/events", Example.event(clock.instant()))),
                new Overview.Step(
                        2,
                        "Count it",
                        "An aggregator turns events into a figure: how many, the sum, the most, for each customer.",
                        aggregators.meta().total() > 0,
                        "Add an aggregator",
                        visit.path("/aggregators"),
                        curl(visit, "/v1/aggregators", COUNT)),
                new Overview.Step(
                        3,
                        "Price it",
                        "A product turns the figure into an amount, and you see at once what it would have come to.",
                        products > 0,
                        "Add a product",
                        visit.path("/products"),
                        curl(visit, "/v1/products", price(aggregators.first()))));
    }

    private static String price(String aggregator) {
        return """
            {"name":"API calls","type":"dynamic","aggregator_id":"%s",\
            "prices":[{"currency":"EUR","price":{"model":"per_unit","unit_amount":"0.002"}}]}""".formatted(aggregator);
    }

    private static String curl(Visit visit, String target, String json) {
        return Example.onLines(visit.curl("POST", target, json));
    }

    private static long total(Api api, String list) {
        return api.get(list, Total.class).meta().total();
    }
}
