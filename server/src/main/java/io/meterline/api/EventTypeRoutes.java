package io.meterline.api;

import io.meterline.access.Scope;
import io.meterline.event.Timestamps;
import io.meterline.http.Call;
import io.meterline.http.Cursor;
import io.meterline.http.Page;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import io.meterline.store.EventReader;
import io.meterline.store.EventTypeSummary;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/event-types}: what is sent, by type. */
final class EventTypeRoutes implements Routes.Source {

    private final EventReader events;

    EventTypeRoutes(EventReader events) {
        this.events = events;
    }

    @Override
    public void register(Routes routes) {
        routes.get("/v1/event-types", Scope.READ, this::list).pages();
    }

    private record View(
            String name,
            long events,
            @Nullable String firstSeen,
            @Nullable String lastSeen,
            List<PropertyView> properties) {

        static View of(EventTypeSummary type) {
            return new View(
                    type.name(),
                    type.events(),
                    text(type.firstSeenMicros()),
                    text(type.lastSeenMicros()),
                    type.properties().stream()
                            .map(property -> new PropertyView(
                                    property.name(),
                                    property.kinds().stream().sorted().toList()))
                            .toList());
        }

        private static @Nullable String text(@Nullable Long micros) {
            return micros == null ? null : Timestamps.text(micros);
        }
    }

    private record PropertyView(String name, List<EventTypeSummary.Kind> kinds) {}

    private Reply list(Call call) {
        Page page = Page.of(call.query());
        Cursor after = page.after();
        List<EventTypeSummary> all = events.eventTypes(call.environment()).stream()
                .sorted(Comparator.comparing(EventTypeSummary::name))
                .toList();
        List<EventTypeSummary> rest = all.stream()
                .filter(type -> after == null || type.name().compareTo(after.sortValue()) > 0)
                .skip(page.skip())
                .toList();
        List<EventTypeSummary> taken = rest.subList(0, Math.min(page.take(), rest.size()));
        String next = rest.size() > taken.size()
                ? new Cursor(taken.getLast().name(), taken.getLast().name()).text()
                : null;
        return Reply.ok(page.listing(all.size(), taken.stream().map(View::of).toList(), next));
    }
}
