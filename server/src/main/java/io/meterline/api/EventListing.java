package io.meterline.api;

import io.meterline.customer.CustomerDirectory;
import io.meterline.customer.CustomerRef;
import io.meterline.http.Body;
import io.meterline.http.Json;
import io.meterline.http.Listing;
import io.meterline.http.Page;
import io.meterline.http.Reply;
import io.meterline.store.EventPage;
import io.meterline.store.EventQuery.Sort;
import io.meterline.store.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Answers with a list of stored events. */
final class EventListing {

    private EventListing() {}

    /**
     * The page, with a cursor when there is more behind it.
     *
     * @param found up to one event more than the page takes
     */
    static Reply reply(EventPage found, Page page, Sort sort, boolean descending, CustomerDirectory customers) {
        List<StoredEvent> taken =
                found.events().subList(0, Math.min(page.take(), found.events().size()));
        Map<Long, CustomerRef> refs = customers.byNumber(
                taken.stream().map(event -> event.event().customer()).distinct().toList());
        String next = taken.size() < found.events().size()
                ? EventQueries.cursorAfter(taken.getLast(), sort, descending)
                : null;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.mapper().createGenerator(out)) {
            json.writeStartObject();
            meta(json, new Listing.Meta(found.total(), taken.size(), page.skip(), next));
            json.writeArrayPropertyStart("data");
            for (StoredEvent event : taken) {
                EventAnswers.stored(json, event, refs.get(event.event().customer()));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return Reply.bytes(200, Body.JSON, out.toByteArray());
    }

    private static void meta(JsonGenerator json, Listing.Meta meta) {
        json.writeObjectPropertyStart("meta");
        json.writeNumberProperty("total", meta.total());
        json.writeNumberProperty("taken", meta.taken());
        json.writeNumberProperty("skipped", meta.skipped());
        json.writeStringProperty("next_cursor", meta.nextCursor());
        json.writeEndObject();
    }
}
