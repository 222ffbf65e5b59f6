package io.meterline.api;

import io.meterline.customer.CustomerDirectory;
import io.meterline.event.Environment;
import io.meterline.event.Period;
import io.meterline.event.PropertyValue;
import io.meterline.event.Source;
import io.meterline.event.Timestamps;
import io.meterline.http.Cursor;
import io.meterline.http.Page;
import io.meterline.http.Query;
import io.meterline.store.EventQuery;
import io.meterline.store.EventQuery.Position;
import io.meterline.store.EventQuery.Sort;
import io.meterline.store.EventScan;
import io.meterline.store.Filter;
import io.meterline.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query parameters of a list of events, as a question to the store. */
final class EventQueries {

    /** What the list takes besides those of every list. */
    static final String[] PARAMETERS = {
        "event_type",
        "customer_id",
        "record_id",
        "source",
        "timestamp__gte",
        "timestamp__lt",
        "ingested_at__gte",
        "ingested_at__lt",
        "record.*",
        "sort",
        "order"
    };

    /** What asks for all events that match takes. */
    static final String[] SCAN_PARAMETERS = {
        "event_type",
        "customer_id",
        "source",
        "timestamp__gte",
        "timestamp__lt",
        "ingested_at__gte",
        "ingested_at__lt",
        "record.*"
    };

    private static final int MAX_RECORD_IDS = 1_000;

    /** The orders that a list can have. */
    private enum Order {
        ASC,
        DESC
    }

    private EventQueries() {}

    /** One event more than the page takes: it says whether there is a next page. */
    static EventQuery of(Query query, Page page, Environment environment, CustomerDirectory customers) {
        Sort sort = query.oneOf("sort", Sort.class).orElse(Sort.TIMESTAMP);
        boolean descending = query.oneOf("order", Order.class).orElse(Order.DESC) == Order.DESC;
        List<String> recordIds = query.list("record_id", MAX_RECORD_IDS);
        return new EventQuery(
                query.text("event_type").orElse(null),
                query.text("customer_id")
                        .map(id -> customers.expand(environment, id))
                        .orElse(null),
                recordIds.isEmpty() ? null : Set.copyOf(recordIds),
                source(query),
                period(query, "timestamp"),
                period(query, "ingested_at"),
                filter(query),
                sort,
                descending,
                page.take() + 1,
                page.skip(),
                position(page, sort, descending));
    }

    /** All events that match. */
    static EventScan scan(Query query, Environment environment, CustomerDirectory customers) {
        return new EventScan(
                query.text("event_type").orElse(null),
                query.text("customer_id")
                        .map(id -> customers.expand(environment, id))
                        .orElse(null),
                source(query),
                period(query, "timestamp"),
                period(query, "ingested_at"),
                filter(query));
    }

    /** {@code name__gte} and {@code name__lt}. */
    static Period period(Query query, String name) {
        Optional<Long> from = query.instant(name + "__gte").map(Timestamps::micros);
        Optional<Long> to = query.instant(name + "__lt").map(Timestamps::micros);
        if (from.isPresent() && to.isPresent() && to.get() < from.get()) {
            throw Query.invalid(name + "__lt", "must not lie before " + name + "__gte");
        }
        return new Period(from.orElse(Long.MIN_VALUE), to.orElse(Long.MAX_VALUE));
    }

    static @Nullable Source source(Query query) {
        return query.oneOf("source", Source.class).orElse(null);
    }

    /** Where a list goes on behind an event. */
    static String cursorAfter(StoredEvent event, Sort sort, boolean descending) {
        long sortValue = switch (sort) {
            case TIMESTAMP -> event.event().timestampMicros();
            case INGESTED_AT -> event.ingestedAtMicros();
        };
        return new Cursor(Long.toString(sortValue), form(sort, descending) + event.sequence()).text();
    }

    /** The place that a page goes on from, null for the beginning. */
    static @Nullable Position position(Page page, Sort sort, boolean descending) {
        Cursor cursor = page.after();
        if (cursor == null) {
            return null;
        }
        // A cursor says which order it was made in: in another one its place means nothing.
        String form = form(sort, descending);
        if (!cursor.id().startsWith(form)) {
            throw Cursor.invalid();
        }
        try {
            return new Position(cursor.sortNumber(), Long.parseLong(cursor.id().substring(form.length())));
        } catch (NumberFormatException e) {
            throw Cursor.invalid();
        }
    }

    private static String form(Sort sort, boolean descending) {
        return switch (sort) {
            case TIMESTAMP -> descending ? "td" : "ta";
            case INGESTED_AT -> descending ? "id" : "ia";
        };
    }

    private static Filter filter(Query query) {
        List<Filter> parts = new ArrayList<>();
        query.startingWith("record.")
                .forEach((property, value) -> parts.add(
                        new Filter.Compare(property, Filter.Operator.EQUALS, List.of(new PropertyValue.Text(value)))));
        return parts.isEmpty() ? Filter.NONE : new Filter.All(parts);
    }
}
