package io.meterline.api;

import io.meterline.access.Scope;
import io.meterline.customer.CustomerDirectory;
import io.meterline.http.Call;
import io.meterline.http.Page;
import io.meterline.http.Query;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import io.meterline.meter.Aggregators;
import io.meterline.meter.Definition;
import io.meterline.meter.EventSelection;
import io.meterline.meter.UsageService;
import io.meterline.meter.UsageTerms;
import io.meterline.store.EventPage;
import io.meterline.store.EventQuery;
import io.meterline.store.EventQuery.Sort;
import io.meterline.store.Filter;

/** {@code …/usage/events}: the events behind a figure, in the same form as other lists of events. */
public final class UsageEventRoutes implements Routes.Source {

    private static final String[] PARAMETERS = {"from", "to", "mode", "record.*", "sort", "order"};

    private final Aggregators aggregators;
    private final UsageService usage;
    private final CustomerDirectory customers;

    public UsageEventRoutes(Aggregators aggregators, UsageService usage, CustomerDirectory customers) {
        this.aggregators = aggregators;
        this.usage = usage;
        this.customers = customers;
    }

    @Override
    public void register(Routes routes) {
        routes.describedIn("usage");
        routes.get("/v1/customers/{id}/usage/events", Scope.READ, this::ofCustomer)
                .pages()
                .takes("aggregator_id")
                .takes(PARAMETERS);
        routes.get("/v1/customers/{id}/usage/{aggregator_id}/events", Scope.READ, this::ofCustomerByAggregator)
                .pages()
                .takes(PARAMETERS);
        routes.get("/v1/aggregators/{id}/usage/events", Scope.READ, this::ofAggregator)
                .pages()
                .takes("customer_id")
                .takes(PARAMETERS);
        routes.post("/v1/usage/events", Scope.READ, this::tried).withoutIdempotencyKey();
    }

    private Reply ofCustomer(Call call) {
        return list(
                call,
                call.query().required("aggregator_id"),
                terms(call.query()).ofCustomer(call.path("id")));
    }

    private Reply ofCustomerByAggregator(Call call) {
        return list(call, call.path("aggregator_id"), terms(call.query()).ofCustomer(call.path("id")));
    }

    private Reply ofAggregator(Call call) {
        UsageTerms terms = terms(call.query());
        return list(
                call,
                call.path("id"),
                call.query().text("customer_id").map(terms::ofCustomer).orElse(terms));
    }

    private static UsageTerms terms(Query query) {
        return UsageRoutes.terms(query, null);
    }

    private Reply list(Call call, String aggregatorId, UsageTerms terms) {
        Definition definition =
                aggregators.get(call.environment(), aggregatorId).definition();
        Page page = Page.of(call.query());
        EventQuery listing = EventQueries.of(call.query(), page, call.environment(), customers);
        EventPage found = usage.events(
                call.environment(),
                definition,
                terms,
                new EventSelection(
                        listing.filter(),
                        listing.sort(),
                        listing.descending(),
                        listing.take(),
                        listing.skip(),
                        listing.after()));
        return EventListing.reply(found, page, listing.sort(), listing.descending(), customers);
    }

    private Reply tried(Call call) {
        UsageBody body = call.json(UsageBody.class);
        Page page = body.page();
        EventSelection selection = new EventSelection(
                Filter.NONE,
                Sort.TIMESTAMP,
                true,
                page.take() + 1,
                page.skip(),
                EventQueries.position(page, Sort.TIMESTAMP, true));
        EventPage found = usage.events(call.environment(), body.definition(), body.terms(), selection);
        return EventListing.reply(found, page, Sort.TIMESTAMP, true, customers);
    }
}
