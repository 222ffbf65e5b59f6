package io.meterline.api;

import io.meterline.access.Scope;
import io.meterline.control.PageRequest;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.http.Call;
import io.meterline.http.Page;
import io.meterline.http.Query;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import io.meterline.meter.Aggregator;
import io.meterline.meter.AggregatorFilter;
import io.meterline.meter.Aggregators;
import io.meterline.meter.GroupPage;
import io.meterline.meter.Mode;
import io.meterline.meter.UsageService;
import io.meterline.meter.UsageTerms;
import io.meterline.meter.WindowSize;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** What aggregators measured: of a customer, of an aggregator, and of one that is only tried. */
public final class UsageRoutes implements Routes.Source {

    static final String[] TERMS = {"from", "to", "mode", "window", "time_zone", "group_by"};
    private static final int MAX_GROUP_BY = 20;

    private final Aggregators aggregators;
    private final UsageService usage;

    public UsageRoutes(Aggregators aggregators, UsageService usage) {
        this.aggregators = aggregators;
        this.usage = usage;
    }

    @Override
    public void register(Routes routes) {
        routes.describedIn("usage");
        routes.get("/v1/customers/{id}/usage", Scope.READ, this::ofCustomer)
                .pages()
                .takes(TERMS);
        routes.get("/v1/customers/{id}/usage/{aggregator_id}", Scope.READ, this::ofCustomerByAggregator)
                .pages()
                .takes(TERMS);
        routes.get("/v1/aggregators/{id}/usage", Scope.READ, this::ofAggregator)
                .pages()
                .takes(TERMS)
                .takes("customer_id");
        routes.post("/v1/usage/query", Scope.READ, this::tried).withoutIdempotencyKey();
    }

    /** Stands in a list for an aggregator that cannot answer what was asked, as a weighted sum of all time. */
    private record NoUsage(
            String aggregatorId, Mode mode, @Nullable String unitName, Fault error) {

        record Fault(String code, String message) {}
    }

    private Reply ofCustomer(Call call) {
        UsageTerms terms = terms(call.query(), call.path("id"));
        usage.check(call.environment(), terms);
        Page page = Page.of(call.query());
        PageRequest request = Listings.request(page);
        return Reply.ok(Listings.of(
                page,
                aggregators.list(call.environment(), AggregatorFilter.ACTIVE, request),
                aggregator -> answer(call, aggregator, terms)));
    }

    private Object answer(Call call, Aggregator aggregator, UsageTerms terms) {
        try {
            return usage.usage(call.environment(), aggregator, terms, GroupPage.FIRST);
        } catch (RuleException e) {
            if (e.kind() != Kind.UNPROCESSABLE) {
                throw e;
            }
            return new NoUsage(
                    aggregator.id(),
                    terms.mode(),
                    aggregator.definition().unitName(),
                    new NoUsage.Fault(e.code(), e.sentence()));
        }
    }

    private Reply ofCustomerByAggregator(Call call) {
        UsageTerms terms = terms(call.query(), call.path("id"));
        Aggregator aggregator = aggregators.get(call.environment(), call.path("aggregator_id"));
        return Reply.ok(usage.usage(call.environment(), aggregator, terms, groups(Page.of(call.query()))));
    }

    private Reply ofAggregator(Call call) {
        UsageTerms terms = terms(call.query(), call.query().text("customer_id").orElse(null));
        Aggregator aggregator = aggregators.get(call.environment(), call.path("id"));
        return Reply.ok(usage.usage(call.environment(), aggregator, terms, groups(Page.of(call.query()))));
    }

    private Reply tried(Call call) {
        UsageBody body = call.json(UsageBody.class);
        return Reply.ok(usage.usage(call.environment(), body.definition(), body.terms(), groups(body.page())));
    }

    static UsageTerms terms(Query query, @Nullable String customer) {
        return new UsageTerms(
                query.oneOf("mode", Mode.class).orElse(Mode.PERIOD),
                query.instant("from").orElse(null),
                query.instant("to").orElse(null),
                query.oneOf("window", WindowSize.class).orElse(null),
                query.zone("time_zone").orElse(ZoneId.of("UTC")),
                query.list("group_by", MAX_GROUP_BY),
                customer);
    }

    private static GroupPage groups(Page page) {
        return new GroupPage(page.take(), page.skip(), page.cursor());
    }
}
