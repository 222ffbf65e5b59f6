package io.meterline.api;

import io.meterline.access.Scope;
import io.meterline.customer.CustomerDirectory;
import io.meterline.event.KeyHash;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.http.Body;
import io.meterline.http.Call;
import io.meterline.http.Json;
import io.meterline.http.Page;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import io.meterline.store.EventPage;
import io.meterline.store.EventQuery;
import io.meterline.store.EventReader;
import io.meterline.store.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Events as they are now: {@code GET /v1/events} and {@code GET /v1/events/{id}}. */
final class EventReadRoutes implements Routes.Source {

    private final EventReader events;
    private final CustomerDirectory customers;

    EventReadRoutes(EventReader events, CustomerDirectory customers) {
        this.events = events;
        this.customers = customers;
    }

    @Override
    public void register(Routes routes) {
        routes.get("/v1/events", Scope.READ, this::list).pages().takes(EventQueries.PARAMETERS);
        routes.get("/v1/events/{id}", Scope.READ, this::get);
    }

    private Reply list(Call call) {
        Page page = Page.of(call.query());
        EventQuery query = EventQueries.of(call.query(), page, call.environment(), customers);
        EventPage found = events.list(call.environment(), query);
        return EventListing.reply(found, page, query.sort(), query.descending(), customers);
    }

    private Reply get(Call call) {
        String id = call.path("id");
        StoredEvent event = KeyHash.ofId(id)
                .flatMap(key -> events.find(call.environment(), key))
                .orElseThrow(() -> new RuleException(
                        Kind.NOT_FOUND, "unknown_event", "There is no event " + id + " in this environment."));
        long customer = event.event().customer();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.mapper().createGenerator(out)) {
            EventAnswers.stored(
                    json, event, customers.byNumber(List.of(customer)).get(customer));
        }
        return Reply.bytes(200, Body.JSON, out.toByteArray());
    }
}
