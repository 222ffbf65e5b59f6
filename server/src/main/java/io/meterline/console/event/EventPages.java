package io.meterline.console.event;

import io.meterline.access.Role;
import io.meterline.console.Api;
import io.meterline.console.ApiFault;
import io.meterline.console.Area;
import io.meterline.console.EventTypes;
import io.meterline.console.Pager;
import io.meterline.console.Pages;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.event.Environment;
import io.meterline.http.Query;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The list of events, one of them beside it, what arrives meanwhile, and taking one out. */
public final class EventPages implements Pages.Source {

    private static final String LIST = EventFilter.LIST;
    private static final Stored.Listed NOTHING = new Stored.Listed(new Stored.Meta(0), List.of());

    private final EventTypes types;
    private final InstantSource clock;

    public EventPages(EventTypes types, InstantSource clock) {
        this.types = types;
        this.clock = clock;
    }

    @Override
    public void register(Pages pages) {
        pages.get(LIST, this::list).takes(EventFilter.PARAMETERS).takes("property", "value");
        pages.get(LIST + "/stream", this::stream).takes(EventFilter.PARAMETERS);
        pages.get(LIST + "/{id}", this::one).takes(EventFilter.PARAMETERS);
        pages.get(LIST + "/{id}/counted", this::counted);
        pages.post(LIST + "/{id}/delete", Role.EDITOR, this::delete).takes(EventFilter.PARAMETERS);
    }

    private View list(Visit visit) {
        EventFilter filter = EventFilter.of(visit, clock.instant());
        Query query = visit.query();
        if (query.has("property")) {
            String name = "record." + query.required("property");
            return new View.GoTo(
                    filter.address().filteredBy(name, query.required("value")).text(), null);
        }
        return visit.wantsPart() ? View.part("events/closed.jte", "") : page(visit, filter, null);
    }

    private View one(Visit visit) {
        EventFilter filter = EventFilter.of(visit, clock.instant());
        Stored event = stored(visit);
        EventDetail detail = EventDetail.of(visit, filter, event, mayDelete(visit));
        return visit.wantsPart() ? View.part("events/drawer.jte", detail) : page(visit, filter, detail);
    }

    private View counted(Visit visit) {
        return View.part("events/counted.jte", CountedBy.of(visit, stored(visit)));
    }

    private View stream(Visit visit) {
        return new View.Stream(new Tail(visit, EventFilter.of(visit, clock.instant()), clock));
    }

    private View delete(Visit visit) {
        Stored event = stored(visit);
        record Deleted(long deleted) {}
        Deleted done = visit.api()
                .delete(
                        "/v1/events",
                        Map.of(
                                "matching", "record_ids",
                                "event_type", event.eventType(),
                                "record_ids", List.of(event.recordId())),
                        Deleted.class);
        String what = event.eventType() + " " + event.recordId();
        return View.goTo(
                EventFilter.of(visit, clock.instant()).address().text(),
                done.deleted() == 1 ? what + " is deleted." : done.deleted() + " records " + what + " are deleted.");
    }

    private static Stored stored(Visit visit) {
        return visit.api().get("/v1/events/" + Api.encode(visit.id("id")), Stored.class);
    }

    private static boolean mayDelete(Visit visit) {
        return visit.user().role().includes(visit.environment() == Environment.LIVE ? Role.ADMIN : Role.EDITOR);
    }

    private View page(Visit visit, EventFilter filter, @Nullable EventDetail opened) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Stored.Listed found = NOTHING;
        String fault = null;
        try {
            found = Stored.list(visit.api(), filter.target());
        } catch (ApiFault e) {
            if (e.status() != 404 && e.status() != 400) {
                throw e;
            }
            fault = e.detail();
        }
        Customers customers = Customers.of(visit.api(), found.data());
        String selected = opened == null ? null : opened.id();
        List<Row> rows = found.data().stream()
                .map(event -> Row.of(visit, filter, event, customers, selected))
                .toList();
        EventsPage model = new EventsPage(
                filter.address(),
                rows,
                pager(filter, found, now),
                fault,
                filter.isLive() && fault == null
                        ? filter.address()
                                .at(visit.path(LIST + "/stream"))
                                .with("as_of", now.toString())
                                .text()
                        : null,
                types.of(visit),
                filter.properties(),
                filter.span().label(),
                columns(filter),
                filter.any(),
                filter.byArrival(),
                customer(visit, filter),
                RejectedPages.count(visit),
                !filter.hasNext(found.meta().total()) && found.meta().total() > (long) filter.page() * EventFilter.ROWS,
                visit.curl(filter.target()),
                Example.onLines(visit.curl("POST", "/v1/events", Example.event(now))),
                opened);
        return opened == null
                ? View.page("events/list.jte", Area.EVENTS, model)
                : View.page("events/list.jte", Area.EVENTS, opened.type() + " " + opened.recordId(), LIST, model);
    }

    private static Pager pager(EventFilter filter, Stored.Listed found, Instant now) {
        int shown = found.data().size();
        long total = found.meta().total();
        return new Pager(
                shown == 0 ? 0 : filter.skip() + 1L,
                filter.skip() + (long) shown,
                total,
                filter.page() == 1 ? null : filter.page(filter.page() - 1, now),
                filter.hasNext(total) ? filter.page(filter.page() + 1, now) : null);
    }

    private static List<EventsPage.Column> columns(EventFilter filter) {
        return filter.choosable().stream()
                .map(column -> new EventsPage.Column(
                        column.getKey(),
                        column.getValue(),
                        filter.shows(column.getKey()),
                        filter.toggled(column.getKey())))
                .toList();
    }

    private static @Nullable String customer(Visit visit, EventFilter filter) {
        Optional<String> asked = filter.text("customer");
        return asked.flatMap(id -> visit.api().find("/v1/customers/" + Api.encode(id), Customers.Customer.class))
                .map(Customers.Customer::label)
                .or(() -> asked)
                .orElse(null);
    }
}
