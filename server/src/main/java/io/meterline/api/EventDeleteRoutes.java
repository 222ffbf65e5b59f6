package io.meterline.api;

import io.meterline.access.Scope;
import io.meterline.event.Environment;
import io.meterline.event.KeyHash;
import io.meterline.event.Period;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.http.Call;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import io.meterline.ingest.EventTypeName;
import io.meterline.ingest.InvalidEventException;
import io.meterline.store.EventPage;
import io.meterline.store.EventQuery;
import io.meterline.store.EventQuery.Position;
import io.meterline.store.EventQuery.Sort;
import io.meterline.store.EventStore;
import io.meterline.store.Filter;
import io.meterline.store.StoredEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code DELETE /v1/events}, by record id: in test for every key that writes, in live for an administrator at the console;
 * for programs live data is append-only.
 */
final class EventDeleteRoutes implements Routes.Source {

    private static final int MAX_RECORD_IDS = 5_000;
    private static final int SEARCHED_AT_ONCE = 1_000;

    private final EventStore events;

    EventDeleteRoutes(EventStore events) {
        this.events = events;
    }

    @Override
    public void register(Routes routes) {
        routes.delete("/v1/events", Scope.WRITE, this::delete);
    }

    /** How the events to delete are named. */
    private enum Matching {
        RECORD_IDS
    }

    private record Wanted(
            @Nullable Matching matching,
            @Nullable String eventType,
            @Nullable List<JsonNode> recordIds) {}

    private Reply delete(Call call) {
        if (call.environment() == Environment.LIVE && !isAdministrator(call)) {
            throw new RuleException(
                    Kind.FORBIDDEN,
                    "append_only",
                    "Live events cannot be deleted over the API. Send a corrected version, or mark the record with a "
                            + "property such as deleted_at and filter on it.");
        }
        Wanted wanted = call.json(Wanted.class);
        Requests.present(wanted.matching(), "matching");
        String eventType = eventType(Requests.present(wanted.eventType(), "event_type"));
        Set<String> recordIds = recordIds(Requests.present(wanted.recordIds(), "record_ids"));
        List<KeyHash> keys = keys(call.environment(), eventType, List.copyOf(recordIds));
        int deleted =
                keys.isEmpty() ? 0 : events.delete(call.environment(), keys).join();
        return Reply.ok(Map.of("deleted", deleted));
    }

    private static boolean isAdministrator(Call call) {
        return call.principal().isPerson() && call.may(Scope.ADMIN);
    }

    private static String eventType(String name) {
        try {
            return EventTypeName.check(name);
        } catch (InvalidEventException e) {
            throw Requests.invalid("event_type", "must be the name of an event type");
        }
    }

    private static Set<String> recordIds(List<JsonNode> sent) {
        if (sent.isEmpty() || sent.size() > MAX_RECORD_IDS) {
            throw Requests.invalid("record_ids", "must hold 1 to " + MAX_RECORD_IDS + " ids");
        }
        Set<String> ids = new LinkedHashSet<>();
        for (JsonNode id : sent) {
            if (!id.isString() && !id.isIntegralNumber()) {
                throw Requests.invalid("record_ids", "must hold texts and integers only");
            }
            ids.add(id.asString());
        }
        return ids;
    }

    /** Every current record with one of these ids, whether pushed or pulled. */
    private List<KeyHash> keys(Environment environment, String eventType, List<String> recordIds) {
        List<KeyHash> keys = new ArrayList<>();
        for (int from = 0; from < recordIds.size(); from += SEARCHED_AT_ONCE) {
            Set<String> some = Set.copyOf(recordIds.subList(from, Math.min(recordIds.size(), from + SEARCHED_AT_ONCE)));
            Position after = null;
            EventPage page;
            do {
                page = events.list(environment, query(eventType, some, after));
                page.events().forEach(event -> keys.add(event.event().key()));
                after = page.events().isEmpty()
                        ? null
                        : positionOf(page.events().getLast());
            } while (page.events().size() == SEARCHED_AT_ONCE);
        }
        return keys;
    }

    private static EventQuery query(String eventType, Set<String> recordIds, @Nullable Position after) {
        return new EventQuery(
                eventType,
                null,
                recordIds,
                null,
                Period.ALWAYS,
                Period.ALWAYS,
                Filter.NONE,
                Sort.TIMESTAMP,
                false,
                SEARCHED_AT_ONCE,
                0,
                after);
    }

    private static Position positionOf(StoredEvent event) {
        return new Position(event.event().timestampMicros(), event.sequence());
    }
}
