package io.meterline.api;

import io.meterline.access.Scope;
import io.meterline.customer.CustomerAlias;
import io.meterline.customer.CustomerDraft;
import io.meterline.customer.CustomerFilter;
import io.meterline.customer.CustomerStatus;
import io.meterline.customer.Customers;
import io.meterline.event.Period;
import io.meterline.event.Timestamps;
import io.meterline.http.Call;
import io.meterline.http.Page;
import io.meterline.http.Query;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/customers}: what people do with customers. An id in a path is one of ours or the company's own. */
public final class CustomerRoutes implements Routes.Source {

    private static final int MAX_EXTERNAL_IDS = 100;

    private final Customers customers;

    public CustomerRoutes(Customers customers) {
        this.customers = customers;
    }

    @Override
    public void register(Routes routes) {
        routes.describedIn("customers");
        routes.get("/v1/customers", Scope.READ, this::list)
                .pages()
                .takes("status", "external_id", "currency", "search", "created_at__gte", "created_at__lt");
        routes.post("/v1/customers", Scope.WRITE, this::create);
        routes.get("/v1/customers/{id}", Scope.READ, this::get);
        routes.put("/v1/customers/{id}", Scope.WRITE, this::change);
        routes.get("/v1/customers/{id}/aliases", Scope.READ, this::aliases);
        routes.post("/v1/customers/{id}/confirm", Scope.WRITE, this::confirm).withoutIdempotencyKey();
        routes.post("/v1/customers/{id}/archive", Scope.WRITE, this::archive).withoutIdempotencyKey();
        routes.post("/v1/customers/{id}/merge", Scope.WRITE, this::merge).withoutIdempotencyKey();
        routes.delete("/v1/customers/{id}/merge", Scope.WRITE, this::undoMerge);
    }

    private record Wanted(
            @Nullable String externalId,
            @Nullable String name,
            @Nullable String currency,
            @Nullable String timeZone,
            @Nullable ObjectNode properties) {}

    private record Changes(
            @Nullable JsonNode externalId,
            @Nullable JsonNode name,
            @Nullable JsonNode currency,
            @Nullable JsonNode timeZone,
            @Nullable JsonNode properties) {

        CustomerDraft applyTo(CustomerDraft current) {
            return new CustomerDraft(
                    Patch.text(externalId, "external_id", current.externalId()),
                    Patch.text(name, "name", current.name()),
                    Patch.text(currency, "currency", current.currency()),
                    Patch.text(timeZone, "time_zone", current.timeZone()),
                    Patch.object(properties, "properties", current.properties()));
        }
    }

    private record MergeInto(@Nullable String into) {}

    private record AliasView(String alias, @Nullable String mergedCustomerId, String since) {
        static AliasView of(CustomerAlias alias) {
            return new AliasView(alias.text(), alias.mergedCustomerId(), Timestamps.text(alias.sinceMicros()));
        }
    }

    private record Aliases(List<AliasView> data) {}

    private Reply list(Call call) {
        Page page = Page.of(call.query());
        return Reply.ok(Listings.of(
                page,
                customers.list(call.environment(), filter(call.query()), Listings.request(page)),
                CustomerView::of));
    }

    private static CustomerFilter filter(Query query) {
        Set<CustomerStatus> statuses = query.list("status", CustomerStatus.values().length).stream()
                .map(CustomerStatus::of)
                .collect(Collectors.toUnmodifiableSet());
        Period created = Requests.period(query, "created_at__gte", "created_at__lt");
        return new CustomerFilter(
                statuses,
                Set.copyOf(query.list("external_id", MAX_EXTERNAL_IDS)),
                query.text("currency").orElse(null),
                query.text("search").orElse(null),
                created);
    }

    private Reply create(Call call) {
        Wanted wanted = call.json(Wanted.class);
        CustomerDraft draft = new CustomerDraft(
                wanted.externalId(), wanted.name(), wanted.currency(), wanted.timeZone(), wanted.properties());
        return Reply.created(CustomerView.of(customers.create(call.environment(), draft)));
    }

    private Reply get(Call call) {
        return Reply.ok(CustomerView.of(customers.get(call.environment(), call.path("id"))));
    }

    private Reply change(Call call) {
        Changes changes = call.json(Changes.class);
        return Reply.ok(CustomerView.of(customers.update(call.environment(), call.path("id"), changes::applyTo)));
    }

    private Reply aliases(Call call) {
        List<CustomerAlias> aliases = customers.aliases(call.environment(), call.path("id"));
        return Reply.ok(new Aliases(aliases.stream().map(AliasView::of).toList()));
    }

    private Reply confirm(Call call) {
        return Reply.ok(CustomerView.of(customers.confirm(call.environment(), call.path("id"))));
    }

    private Reply archive(Call call) {
        return Reply.ok(CustomerView.of(customers.archive(call.environment(), call.path("id"))));
    }

    private Reply merge(Call call) {
        String into = Requests.present(call.json(MergeInto.class).into(), "into");
        return Reply.ok(CustomerView.of(customers.merge(call.environment(), call.path("id"), into)));
    }

    private Reply undoMerge(Call call) {
        return Reply.ok(CustomerView.of(customers.undoMerge(call.environment(), call.path("id"))));
    }
}
