package io.meterline.console.event;

import io.meterline.access.Role;
import io.meterline.console.Address;
import io.meterline.console.Api;
import io.meterline.console.ApiFault;
import io.meterline.console.Area;
import io.meterline.console.Crumb;
import io.meterline.console.Pager;
import io.meterline.console.Pages;
import io.meterline.console.Toast;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.http.Json;
import io.meterline.http.Query;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What was refused: why, and to correct it and try it again. */
public final class RejectedPages implements Pages.Source {

    private static final String LIST = "/events/rejected";
    private static final String API = "/v1/events/rejected";
    private static final String[] PARAMETERS = {"code", "type", "customer", "source", "origin", "page"};
    private static final int ROWS = 50;
    private static final int MOST_PAGES = 200;

    @Override
    public void register(Pages pages) {
        pages.get(LIST, this::list).takes(PARAMETERS);
        pages.get(LIST + "/{id}", this::one).takes(PARAMETERS);
        pages.post(LIST + "/{id}/replay", Role.EDITOR, this::replay).takes(PARAMETERS);
    }

    /** How many there are. */
    static long count(Visit visit) {
        return visit.api().get(API + "?take=1", Rejected.Listed.class).meta().total();
    }

    private record Created(String id, String eventType, String recordId) {}

    private View list(Visit visit) {
        return visit.wantsPart() ? View.part("events/closed.jte", "") : page(visit, null, 200);
    }

    private View one(Visit visit) {
        Rejected event = event(visit);
        RejectedPage.Opened opened = opened(visit, event, event.pretty(), null, event.path());
        return visit.wantsPart() ? View.part("events/rejected-drawer.jte", opened) : page(visit, opened, 200);
    }

    private View replay(Visit visit) {
        String typed = visit.fields().raw("event");
        JsonNode json;
        try {
            json = Json.mapper().readTree(typed);
        } catch (JacksonException e) {
            return refused(visit, typed, "This is not JSON: " + e.getOriginalMessage(), "");
        }
        try {
            Created created = visit.api().post(API + "/" + Api.encode(visit.id("id")) + "/replay", json, Created.class);
            Toast toast = Toast.done(created.eventType() + " " + created.recordId() + " is accepted.")
                    .with("View event", "/events/" + created.id());
            return new View.GoTo(address(visit).text(), toast);
        } catch (ApiFault e) {
            if (e.status() == 404 || e.status() == 403) {
                throw e;
            }
            String path = e.errors().isEmpty() ? "" : e.errors().getFirst().path();
            return refused(visit, typed, e.detail(), path);
        }
    }

    private View refused(Visit visit, String typed, String detail, String path) {
        return page(visit, opened(visit, event(visit), typed, detail, path), 422);
    }

    private static Rejected event(Visit visit) {
        return visit.api().get(API + "/" + Api.encode(visit.id("id")), Rejected.class);
    }

    private static Address address(Visit visit) {
        SequencedMap<String, String> kept = new LinkedHashMap<>();
        visit.query().startingWith("").forEach((name, value) -> {
            if (Arrays.asList(PARAMETERS).contains(name)) {
                kept.put(name, value);
            }
        });
        return new Address(visit.path(LIST), kept);
    }

    private static RejectedPage.Opened opened(
            Visit visit, Rejected event, String typed, @Nullable String detail, String path) {
        Address list = address(visit);
        String own = visit.path(LIST + "/" + event.id());
        return new RejectedPage.Opened(
                event,
                list.text(),
                list.at(own + "/replay").text(),
                typed,
                detail,
                path,
                visit.curl("POST", API + "/" + event.id() + "/replay", null));
    }

    private View page(Visit visit, RejectedPage.@Nullable Opened opened, int status) {
        Address address = address(visit);
        Query query = visit.query();
        int page = query.integer("page", 1, 1, MOST_PAGES);
        int skip = (page - 1) * ROWS;
        String target = Address.of(API)
                .with("code", address.get("code"))
                .with("event_type", address.get("type"))
                .with("customer_id", address.get("customer"))
                .with("source", address.get("source"))
                .with("origin", address.get("origin"))
                .with("skip", skip == 0 ? null : Integer.toString(skip))
                .text();
        Rejected.Listed found = visit.api().get(target, Rejected.Listed.class);
        long total = found.meta().total();
        TreeSet<String> codes = new TreeSet<>();
        found.data().forEach(event -> codes.add(event.code()));
        List<RejectedPage.Row> rows = found.data().stream()
                .map(event -> new RejectedPage.Row(
                        event,
                        address.at(visit.path(LIST + "/" + event.id())).text(),
                        opened != null && opened.event().id().equals(event.id())))
                .toList();
        RejectedPage model = new RejectedPage(
                address,
                rows,
                new Pager(
                        rows.isEmpty() ? 0 : skip + 1L,
                        skip + (long) rows.size(),
                        total,
                        page == 1 ? null : at(address, page - 1),
                        page < MOST_PAGES && skip + rows.size() < total ? at(address, page + 1) : null),
                List.copyOf(codes),
                found.meta().dropped(),
                visit.curl(target),
                opened);
        List<Crumb> trail = opened == null
                ? List.of(new Crumb("Events", EventFilter.LIST), new Crumb("Rejected", null))
                : List.of(
                        new Crumb("Events", EventFilter.LIST),
                        new Crumb("Rejected", LIST),
                        new Crumb(opened.event().id(), null));
        return new View.Whole("events/rejected.jte", Area.EVENTS, trail, model, status);
    }

    private static String at(Address address, int page) {
        return address.with("page", page == 1 ? null : Integer.toString(page)).text();
    }
}
