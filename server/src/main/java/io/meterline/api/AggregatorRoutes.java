package io.meterline.api;

import io.meterline.access.Scope;
import io.meterline.http.Call;
import io.meterline.http.Page;
import io.meterline.http.Query;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import io.meterline.meter.Aggregator;
import io.meterline.meter.AggregatorFilter;
import io.meterline.meter.Aggregators;
import io.meterline.meter.Definition;
import io.meterline.meter.DefinitionJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/aggregators}: the meters of the caller's environment and their versions. */
public final class AggregatorRoutes implements Routes.Source {

    private final Aggregators aggregators;

    public AggregatorRoutes(Aggregators aggregators) {
        this.aggregators = aggregators;
    }

    @Override
    public void register(Routes routes) {
        routes.describedIn("aggregators");
        routes.get("/v1/aggregators", Scope.READ, this::list).pages().takes("status", "status__in", "event_type");
        routes.post("/v1/aggregators", Scope.WRITE, this::create);
        routes.get("/v1/aggregators/{id}", Scope.READ, this::get);
        routes.put("/v1/aggregators/{id}", Scope.WRITE, this::update);
        routes.delete("/v1/aggregators/{id}", Scope.WRITE, this::archive);
        routes.get("/v1/aggregators/{id}/versions", Scope.READ, this::versions).pages();
        routes.get("/v1/aggregators/{id}/versions/{version}", Scope.READ, this::version);
    }

    private Reply list(Call call) {
        Query query = call.query();
        Page page = Page.of(query);
        AggregatorFilter filter = new AggregatorFilter(
                Versions.statuses(query), query.text("event_type").orElse(null));
        return Reply.ok(Listings.of(
                page, aggregators.list(call.environment(), filter, Listings.request(page)), AggregatorRoutes::view));
    }

    private Reply create(Call call) {
        return Reply.created(view(aggregators.create(call.environment(), definition(call))));
    }

    private Reply get(Call call) {
        return Reply.ok(view(aggregators.get(call.environment(), call.path("id"))));
    }

    private Reply update(Call call) {
        return Reply.ok(view(aggregators.update(call.environment(), call.path("id"), definition(call))));
    }

    private Reply archive(Call call) {
        return Reply.ok(view(aggregators.archive(call.environment(), call.path("id"))));
    }

    private Reply versions(Call call) {
        Page page = Page.of(call.query());
        return Reply.ok(Listings.of(
                page,
                aggregators.versions(call.environment(), call.path("id"), Listings.request(page)),
                AggregatorRoutes::view));
    }

    private Reply version(Call call) {
        return Reply.ok(view(aggregators.version(call.environment(), call.path("id"), Versions.inPath(call))));
    }

    private static Definition definition(Call call) {
        return DefinitionJson.read(call.json(JsonNode.class));
    }

    private static ObjectNode view(Aggregator aggregator) {
        ObjectNode view = JsonNodeFactory.instance.objectNode().put("id", aggregator.id());
        view.setAll(DefinitionJson.write(aggregator.definition()));
        return Versions.view(
                view, aggregator.version(), aggregator.status(), aggregator.createdAt(), aggregator.updatedAt());
    }
}
