package io.meterline.console.search;

import io.meterline.console.Api;
import io.meterline.console.Area;
import io.meterline.console.Crumb;
import io.meterline.console.EventTypes;
import io.meterline.console.Pages;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.console.search.Found.Group;
import io.meterline.console.search.Found.Hit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Customers, events, loaders, products and aggregators by name or id: a list below the search field, or a page. */
public final class SearchPages implements Pages.Source {

    private static final int MOST_IN_LIST = 5;
    private static final int MOST_IN_PAGE = 20;
    private static final int MOST_LETTERS = 200;
    private static final int PAGE = 100;
    private static final int MOST_LOOKED_AT = 1_000;

    // Looking for a record id goes over all events; while somebody types, only where that is quick.
    private static final long QUICK_BELOW = 2_000_000;

    private final EventTypes types;

    public SearchPages(EventTypes types) {
        this.types = types;
    }

    @Override
    public void register(Pages pages) {
        pages.get("/search", this::search).takes("q");
    }

    private record Named(
            String id,
            @Nullable String name,
            @Nullable String externalId,
            @Nullable String eventType,
            @Nullable String type) {

        String label() {
            return name != null ? name : externalId != null ? externalId : id;
        }

        boolean matches(String text) {
            return id.equals(text) || label().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
        }
    }

    private record Things(List<Named> data) {}

    private record Event(
            String id,
            String eventType,
            String recordId,
            @Nullable String externalCustomerId) {}

    private record Events(List<Event> data) {}

    private View search(Visit visit) {
        String typed = visit.query().text("q").orElse("").strip();
        String text = typed.substring(0, Math.min(typed.length(), MOST_LETTERS));
        if (visit.wantsPart()) {
            return View.part("search/list.jte", find(visit, text, MOST_IN_LIST));
        }
        return new View.Whole(
                "search/page.jte",
                Area.OVERVIEW,
                List.of(new Crumb("Search", null)),
                find(visit, text, MOST_IN_PAGE),
                200);
    }

    private Found find(Visit visit, String text, int most) {
        List<Group> groups = new ArrayList<>();
        if (!text.isEmpty()) {
            add(groups, "Customers", customers(visit, text, most));
            add(groups, "Events", events(visit, text, most));
            add(groups, "Data loaders", named(visit, "loaders", text, most, one -> "brings " + one.eventType()));
            add(groups, "Products", named(visit, "products", text, most, one -> kind(one.type())));
            add(groups, "Aggregators", named(visit, "aggregators", text, most, one -> "counts " + one.eventType()));
        }
        return new Found(text, groups);
    }

    private static void add(List<Group> groups, String title, List<Hit> hits) {
        if (!hits.isEmpty()) {
            groups.add(new Group(title, hits));
        }
    }

    private static List<Hit> customers(Visit visit, String text, int most) {
        String target = "/v1/customers?status=active,automatically_created,archived&take=" + most + "&search="
                + Api.encode(text);
        return visit.api().get(target, Things.class).data().stream()
                .map(one -> new Hit(
                        "customers",
                        one.label(),
                        one.externalId() == null ? one.id() : one.externalId(),
                        visit.path("/customers/" + one.id())))
                .toList();
    }

    private List<Hit> events(Visit visit, String text, int most) {
        List<Hit> hits = new ArrayList<>();
        if (text.startsWith("evt_")) {
            visit.api()
                    .find("/v1/events/" + Api.encode(text), Event.class)
                    .ifPresent(event -> hits.add(hit(visit, event)));
        }
        // The API takes several ids, separated by commas.
        if (text.indexOf(',') >= 0) {
            return hits;
        }
        if (most == MOST_IN_PAGE || types.events(visit) < QUICK_BELOW) {
            visit.api()
                    .get("/v1/events?take=" + most + "&record_id=" + Api.encode(text), Events.class)
                    .data()
                    .forEach(event -> hits.add(hit(visit, event)));
        } else if (hits.isEmpty()) {
            String list = visit.path("/events?id=" + Api.encode(text));
            hits.add(new Hit("events", "Events with the record id " + text, "", list));
        }
        return hits;
    }

    private static Hit hit(Visit visit, Event event) {
        String customer = event.externalCustomerId();
        return new Hit(
                "events",
                event.eventType() + " " + event.recordId(),
                customer == null ? "" : customer,
                visit.path("/events/" + event.id()));
    }

    /** Of these there are tens; the first thousand are looked at. */
    private static List<Hit> named(Visit visit, String kind, String text, int most, Function<Named, String> note) {
        List<Hit> hits = new ArrayList<>();
        int looked = 0;
        List<Named> page;
        do {
            page = visit.api()
                    .get("/v1/" + kind + "?take=" + PAGE + "&skip=" + looked, Things.class)
                    .data();
            looked += page.size();
            page.stream()
                    .filter(one -> one.matches(text))
                    .limit(most - (long) hits.size())
                    .map(one -> new Hit(kind, one.label(), note.apply(one), visit.path("/" + kind + "/" + one.id())))
                    .forEach(hits::add);
        } while (page.size() == PAGE && looked < MOST_LOOKED_AT && hits.size() < most);
        return hits;
    }

    private static String kind(@Nullable String type) {
        return type == null ? "" : type.replace('_', ' ');
    }
}
