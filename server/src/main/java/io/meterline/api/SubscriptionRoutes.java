package io.meterline.api;

import io.meterline.access.Scope;
import io.meterline.billing.SubscriptionJson;
import io.meterline.billing.SubscriptionStatus;
import io.meterline.billing.SubscriptionView;
import io.meterline.billing.Subscriptions;
import io.meterline.http.Call;
import io.meterline.http.Page;
import io.meterline.http.Query;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** {@code /v1/subscriptions}: which customer is on which products, since when, and from when to when its periods go. */
public final class SubscriptionRoutes implements Routes.Source {

    private final Subscriptions subscriptions;

    public SubscriptionRoutes(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    @Override
    public void register(Routes routes) {
        routes.describedIn("subscriptions");
        routes.get("/v1/subscriptions", Scope.READ, this::list)
                .pages()
                .takes("status", "status__in", "customer_id", "external_id", "product_id");
        routes.post("/v1/subscriptions", Scope.WRITE, this::create);
        routes.get("/v1/subscriptions/{id}", Scope.READ, this::get);
        routes.get("/v1/subscriptions/{id}/terms", Scope.READ, this::terms);
        routes.put("/v1/subscriptions/{id}", Scope.WRITE, this::update);
        routes.post("/v1/subscriptions/{id}/change", Scope.WRITE, this::change);
        routes.post("/v1/subscriptions/{id}/cancel", Scope.WRITE, this::cancel);
    }

    private Reply list(Call call) {
        Query query = call.query();
        Page page = Page.of(query);
        return Reply.ok(Listings.of(
                page,
                subscriptions.list(
                        call.environment(),
                        statuses(query),
                        query.text("customer_id").orElse(null),
                        query.text("external_id").orElse(null),
                        query.text("product_id").orElse(null),
                        Listings.request(page)),
                SubscriptionView::of));
    }

    private Reply create(Call call) {
        return Reply.created(SubscriptionView.of(
                subscriptions.create(call.environment(), SubscriptionJson.read(call.json(JsonNode.class)))));
    }

    private Reply get(Call call) {
        return Reply.ok(SubscriptionView.of(subscriptions.get(call.environment(), call.path("id"))));
    }

    private Reply terms(Call call) {
        return Reply.ok(SubscriptionView.terms(subscriptions.get(call.environment(), call.path("id"))));
    }

    private Reply update(Call call) {
        return Reply.ok(SubscriptionView.of(
                subscriptions.update(call.environment(), call.path("id"), call.json(JsonNode.class))));
    }

    private Reply change(Call call) {
        return Reply.ok(SubscriptionView.of(subscriptions.change(
                call.environment(), call.path("id"), SubscriptionJson.readChange(call.json(JsonNode.class)))));
    }

    private Reply cancel(Call call) {
        return Reply.ok(SubscriptionView.of(subscriptions.cancel(
                call.environment(), call.path("id"), SubscriptionJson.readCancel(call.json(JsonNode.class)))));
    }

    /** Those asked for by {@code status} and {@code status__in}; those that have not ended where neither is sent. */
    private static Set<SubscriptionStatus> statuses(Query query) {
        Set<SubscriptionStatus> statuses = EnumSet.noneOf(SubscriptionStatus.class);
        query.oneOf("status", SubscriptionStatus.class).ifPresent(statuses::add);
        for (String text : query.list("status__in", SubscriptionStatus.values().length)) {
            statuses.add(Arrays.stream(SubscriptionStatus.values())
                    .filter(status -> status.text().equals(text))
                    .findFirst()
                    .orElseThrow(() -> Query.invalid("status__in", "must be of scheduled, active and ended")));
        }
        return statuses.isEmpty() ? EnumSet.of(SubscriptionStatus.SCHEDULED, SubscriptionStatus.ACTIVE) : statuses;
    }
}
