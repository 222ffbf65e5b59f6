package io.meterline.console.event;

import io.meterline.console.Address;
import io.meterline.console.Visit;
import io.meterline.http.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events are shown and how, as the address says.
 *
 * @param address of the list
 * @param byArrival in the order in which they came, and not in that of their timestamps
 * @param columns that are shown besides those that always are
 * @param asOf only what had arrived by then, so that later pages stand still; null on the first page
 * @param page counted from 1
 */
record EventFilter(
        Address address,
        Span span,
        boolean byArrival,
        Set<String> columns,
        @Nullable Instant asOf,
        int page) {

    static final String LIST = "/events";
    static final int ROWS = 50;

    private static final int MOST_SKIPPED = 10_000;
    private static final int MOST_PAGES = MOST_SKIPPED / ROWS;
    private static final String RECORD = "record.";
    private static final Set<String> COLUMNS = new LinkedHashSet<>(List.of("source", "record", "arrived"));
    private static final Set<String> USUAL_COLUMNS = Set.of("source");

    /** What the address of a list takes. */
    static final String[] PARAMETERS = {
        "type", "customer", "id", "source", "last", "from", "to", "record.*", "order", "show", "page", "as_of"
    };

    /** By the query of a visit. */
    static EventFilter of(Visit visit, Instant now) {
        Query query = visit.query();
        SequencedMap<String, String> kept = new LinkedHashMap<>();
        query.startingWith("").forEach((name, value) -> {
            if (name.startsWith(RECORD) || Arrays.asList(PARAMETERS).contains(name)) {
                kept.put(name, value);
            }
        });
        Instant asOf = query.instant("as_of").orElse(null);
        return new EventFilter(
                new Address(visit.path(LIST), kept),
                Span.of(query, asOf == null ? now : asOf),
                query.oneOf("order", Order.class).orElse(Order.TIME) == Order.ARRIVAL,
                columns(query),
                asOf,
                query.integer("page", 1, 1, MOST_PAGES));
    }

    /** What the list is sorted by, always the newest first. */
    private enum Order {
        TIME,
        ARRIVAL
    }

    private static Set<String> columns(Query query) {
        if (!query.has("show")) {
            return USUAL_COLUMNS;
        }
        Set<String> shown = new LinkedHashSet<>(query.list("show", COLUMNS.size() + 1));
        shown.retainAll(COLUMNS);
        return shown;
    }

    /** Whether a column is shown. */
    boolean shows(String column) {
        return columns.contains(column);
    }

    /** The same list with a column shown or not. */
    String toggled(String column) {
        Set<String> shown = new LinkedHashSet<>(COLUMNS);
        shown.removeIf(one -> columns.contains(one) == one.equals(column));
        String text = shown.isEmpty() ? "none" : String.join(",", shown);
        return address.with("show", shown.equals(USUAL_COLUMNS) ? null : text).text();
    }

    Optional<String> text(String name) {
        return Optional.of(address.get(name)).filter(text -> !text.isEmpty());
    }

    /** The value that each property must have. */
    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        address.parameters().forEach((name, value) -> {
            if (name.startsWith(RECORD)) {
                properties.put(name.substring(RECORD.length()), value);
            }
        });
        return properties;
    }

    /** Whether anything is left out. */
    boolean any() {
        return !address.without("order", "show", "page", "as_of").parameters().isEmpty();
    }

    /** Whether what arrives now belongs at the top. */
    boolean isLive() {
        return page == 1 && asOf == null && span.to() == null && !address.has("id");
    }

    /** The same list as it is now. */
    EventFilter now() {
        return new EventFilter(address.without("page", "as_of"), span, byArrival, columns, null, 1);
    }

    int skip() {
        return (page - 1) * ROWS;
    }

    boolean hasNext(long total) {
        return page < MOST_PAGES && (long) page * ROWS < total;
    }

    /** Another page of what is shown now. */
    String page(int number, Instant now) {
        return number == 1
                ? address.without("page", "as_of").text()
                : address.with("page", Integer.toString(number))
                        .with("as_of", (asOf == null ? now : asOf).toString())
                        .text();
    }

    /** The list as the API is asked for it. */
    String target() {
        String time = byArrival ? "ingested_at" : "timestamp";
        Address target = matching().with(time + "__gte", text(span.from())).with(time + "__lt", text(span.to()));
        return (asOf == null ? target : target.with("ingested_at__lt", asOf.toString()))
                .with("sort", byArrival ? "ingested_at" : null)
                .with("take", Integer.toString(ROWS))
                .with("skip", skip() == 0 ? null : Integer.toString(skip()))
                .text();
    }

    /** What arrived at a moment or later, the last first. */
    String arrivedSince(Instant since, int take) {
        return matching()
                .with("timestamp__gte", byArrival ? null : text(span.from()))
                .with("ingested_at__gte", since.toString())
                .with("sort", "ingested_at")
                .with("take", Integer.toString(take))
                .text();
    }

    private Address matching() {
        Address target = Address.of("/v1/events")
                .with("event_type", address.get("type"))
                .with("customer_id", address.get("customer"))
                .with("record_id", address.get("id"))
                .with("source", address.get("source"));
        for (Map.Entry<String, String> property : properties().entrySet()) {
            target = target.with(RECORD + property.getKey(), property.getValue());
        }
        return target;
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    /** The address of one of its events, opened beside the list. */
    String event(String id) {
        return address.at(address.path() + "/" + id).text();
    }

    /** The columns that can be shown or not, and how each is called. */
    List<Map.Entry<String, String>> choosable() {
        List<Map.Entry<String, String>> all = new ArrayList<>();
        all.add(Map.entry("source", "Source"));
        all.add(Map.entry("record", "Record id"));
        all.add(Map.entry("arrived", "Arrived"));
        return all;
    }
}
