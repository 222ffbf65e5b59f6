package io.meterline.console.event;

import io.meterline.console.Address;
import io.meterline.console.Visit;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event, beside its list.
 *
 * @param json as it is accepted
 * @param back the list without it
 * @param counted where it is asked what counts it
 * @param curl the request for it
 * @param resend the request that would send it again, to be corrected
 * @param sameId how many records of its type have its id: pulled ones of several customers may, and go with it
 */
public record EventDetail(
        String id,
        String type,
        String recordId,
        String json,
        Instant timestamp,
        Instant arrived,
        String customer,
        @Nullable String customerId,
        @Nullable String customerPath,
        boolean pulled,
        Origin origin,
        String back,
        String counted,
        String curl,
        String resend,
        String delete,
        boolean mayDelete,
        long sameId) {

    static EventDetail of(Visit visit, EventFilter filter, Stored event, boolean mayDelete) {
        Customers.Customer customer = Customers.of(visit.api(), List.of(event)).of(event);
        String path = visit.path(EventFilter.LIST + "/" + event.id());
        return new EventDetail(
                event.id(),
                event.eventType(),
                event.recordId(),
                event.pretty(),
                event.timestamp(),
                event.ingestedAt(),
                customer == null ? "nobody" : customer.label(),
                event.customerId(),
                customer == null ? null : visit.path("/customers/" + customer.id()),
                event.isPulled(),
                Origin.of(visit, event),
                filter.address().text(),
                path + "/counted",
                visit.curl("/v1/events/" + event.id()),
                visit.curl("POST", "/v1/events", event.asSent().toString()),
                filter.address().at(path + "/delete").text(),
                mayDelete,
                mayDelete ? sameId(visit, event) : 1);
    }

    private static long sameId(Visit visit, Stored event) {
        if (!event.isPulled() || event.recordId().contains(",")) {
            return 1;
        }
        Address same = Address.of("/v1/events")
                .with("event_type", event.eventType())
                .with("record_id", event.recordId())
                .with("take", "1");
        return Stored.list(visit.api(), same.text()).meta().total();
    }
}
