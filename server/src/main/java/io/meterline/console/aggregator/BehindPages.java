package io.meterline.console.aggregator;

import io.meterline.console.Address;
import io.meterline.console.Api;
import io.meterline.console.Area;
import io.meterline.console.Crumb;
import io.meterline.console.Pager;
import io.meterline.console.Pages;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.http.Json;
import io.meterline.http.Query;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The events behind a figure: exactly those that it counts. */
public final class BehindPages implements Pages.Source {

    private static final int TAKE = 50;
    private static final int MOST_SKIP = 10_000;

    private final InstantSource clock;

    BehindPages(InstantSource clock) {
        this.clock = clock;
    }

    /** An event that was chosen, as JSON. */
    public record Chosen(Events.Item event, String customer, String json, String curl, String back) {}

    /**
     * The list.
     *
     * @param usage the figure; null where only a part of what it counts is listed, those with one value of a property
     */
    public record BehindPage(
            Aggregator aggregator,
            String span,
            @Nullable String customer,
            @Nullable String customerHref,
            Map<String, String> values,
            @Nullable Usage usage,
            Figure figure,
            Events events,
            CustomerNames names,
            Pager pager,
            Address here,
            @Nullable Chosen chosen,
            String usageHref,
            String curl) {}

    @Override
    public void register(Pages pages) {
        pages.get("/aggregators/{id}/events", this::show)
                .takes("from", "to", "mode", "time_zone", "customer_id", "record.*", "skip", "event");
    }

    private View show(Visit visit) {
        Api api = visit.api();
        Query query = visit.query();
        String target = "/v1/aggregators/" + Api.encode(visit.id("id"));
        Aggregator aggregator = api.get(target, Aggregator.class);
        boolean allTime = query.text("mode").filter("all_time"::equals).isPresent();
        Instant to = query.instant("to").orElseGet(clock::instant);
        ZoneId zone = query.zone("time_zone").orElse(ZoneId.of("UTC"));
        Address terms = Address.of(target + "/usage")
                .with("mode", allTime ? "all_time" : null)
                .with("from", allTime ? null : query.required("from"))
                .with("to", to)
                .with("customer_id", query.text("customer_id").orElse(null));
        Map<String, String> values = query.startingWith("record.");
        Address listing = new Address(target + "/usage/events", terms.parameters());
        for (Map.Entry<String, String> value : values.entrySet()) {
            listing = listing.with("record." + value.getKey(), value.getValue());
        }
        int skip = query.integer("skip", 0, 0, MOST_SKIP);
        Events events = api.get(listing.with("take", TAKE).with("skip", skip).text(), Events.class);
        Usage usage = values.isEmpty() ? api.get(terms.text(), Usage.class) : null;
        Address here = new Address(visit.path("/aggregators/" + aggregator.id() + "/events"), listing.parameters())
                .with("time_zone", query.text("time_zone").orElse(null));
        CustomerNames names = CustomerNames.of(api, events.data());
        BehindPage page = new BehindPage(
                aggregator,
                allTime
                        ? "Every record dated before " + Labels.until(to, zone)
                        : Labels.span(query.instant("from").orElse(to), to, zone),
                query.text("customer_id").map(id -> CustomerNames.one(api, id)).orElse(null),
                query.text("customer_id")
                        .map(id -> visit.path("/customers/" + Api.encode(id)))
                        .orElse(null),
                values,
                usage,
                Figure.of(usage == null ? null : usage.value()),
                events,
                names,
                pager(here, skip, events),
                here.with("skip", skip == 0 ? null : skip),
                chosen(visit, events, names, here.with("skip", skip == 0 ? null : skip)),
                visit.path("/aggregators/" + aggregator.id()),
                visit.curl(listing.text()));
        return new View.Whole(
                "aggregator/events.jte",
                Area.AGGREGATORS,
                List.of(
                        new Crumb(Area.AGGREGATORS.title(), Area.AGGREGATORS.path()),
                        new Crumb(aggregator.name(), "/aggregators/" + aggregator.id()),
                        new Crumb("Events", null)),
                page,
                200);
    }

    private static @Nullable Chosen chosen(Visit visit, Events events, CustomerNames names, Address here) {
        Optional<String> wanted = visit.query().text("event");
        return events.data().stream()
                .filter(event -> wanted.filter(event.id()::equals).isPresent())
                .findFirst()
                .map(event -> new Chosen(
                        event,
                        names.of(event.customerId(), event.externalCustomerId()),
                        Json.mapper()
                                .writerWithDefaultPrettyPrinter()
                                .writeValueAsString(visit.api().json("/v1/events/" + event.id())),
                        visit.curl("/v1/events/" + event.id()),
                        here.text()))
                .orElse(null);
    }

    private static Pager pager(Address here, int skip, Events events) {
        int next = skip + events.data().size();
        long total = events.meta().total();
        return new Pager(
                events.data().isEmpty() ? 0 : skip + 1L,
                next,
                total,
                skip == 0
                        ? null
                        : here.with("skip", skip > TAKE ? skip - TAKE : null).text(),
                next < total && next <= MOST_SKIP ? here.with("skip", next).text() : null);
    }
}
