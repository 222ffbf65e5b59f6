package io.meterline.store.duckdb;

import io.meterline.event.Environment;
import io.meterline.event.KeyHash;
import io.meterline.event.Period;
import io.meterline.store.EventPage;
import io.meterline.store.EventQuery;
import io.meterline.store.EventScan;
import io.meterline.store.StoredEvent;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists events and finds one: first the places of the events in order, over all types, then their rows type by type. */
final class ListingReader {

    private static final int FEW_BETWEEN = 5;

    private final Moment moment;

    ListingReader(Moment moment) {
        this.moment = moment;
    }

    /**
     * Finds an event by its key.
     *
     * @param customer where it is looked for first, which is quick; a correction that is being applied may have moved it
     */
    Optional<StoredEvent> find(TypeLayout layout, KeyHash key, long customer) throws SQLException {
        Optional<StoredEvent> found = find(layout, key, "customer = " + customer);
        return found.isPresent() ? found : find(layout, key, "TRUE");
    }

    private Optional<StoredEvent> find(TypeLayout layout, KeyHash key, String where) throws SQLException {
        Rows rows = new Rows(layout);
        String sql = "SELECT " + rows.selection() + " FROM " + layout.current() + " WHERE " + where
                + " AND hash_high = " + key.high() + " AND hash_low = " + key.low();
        try (PreparedStatement statement = moment.prepare(sql, List.of());
                ResultSet result = moment.execute(statement)) {
            return result.next() ? Optional.of(rows.read(result)) : Optional.empty();
        }
    }

    EventPage list(Environment environment, EventQuery query) throws SQLException {
        moment.pin();
        List<TypeLayout> types = types(environment, query.eventType());
        if (types.isEmpty()) {
            return new EventPage(List.of(), 0);
        }
        Condition matching = union(types, query);
        long total = count(matching);
        List<Place> places = total == 0 ? List.of() : places(matching, query);
        Map<Long, StoredEvent> events = new HashMap<>();
        Map<Integer, List<Place>> byType = places.stream().collect(Collectors.groupingBy(Place::type));
        for (TypeLayout type : types) {
            List<Place> ofType = byType.get(type.number());
            if (ofType != null) {
                read(type, ofType, events);
            }
        }
        return new EventPage(
                places.stream()
                        .map(place -> Objects.requireNonNull(events.get(place.sequence)))
                        .toList(),
                total);
    }

    private List<TypeLayout> types(Environment environment, @Nullable String name) {
        if (name == null) {
            return moment.tables().types(environment);
        }
        TypeLayout layout = moment.tables().type(environment, name);
        return layout == null ? List.of() : List.of(layout);
    }

    /** The places of all matching events: type, customer, sort value and sequence. */
    private Condition union(List<TypeLayout> types, EventQuery query) throws SQLException {
        List<String> parts = new ArrayList<>();
        List<String> parameters = new ArrayList<>();
        for (TypeLayout type : types) {
            Condition condition = condition(type, query);
            parts.add("SELECT " + type.number() + " AS type, customer, " + sortColumn(query)
                    + " AS sorted_by, seq FROM " + type.current() + " WHERE " + condition.sql());
            parameters.addAll(condition.parameters());
        }
        return new Condition("(" + String.join(" UNION ALL ", parts) + ")", parameters);
    }

    private Condition condition(TypeLayout type, EventQuery query) throws SQLException {
        List<Condition> parts = conditions(
                type,
                new EventScan(
                        query.eventType(),
                        query.customers(),
                        query.source(),
                        query.timestamps(),
                        query.ingested(),
                        query.filter()));
        Set<String> ids = query.recordIds();
        if (ids != null) {
            List<Condition> alternatives =
                    ids.stream().map(id -> Condition.of("id = ?", id)).toList();
            parts.add(Condition.any(alternatives));
        }
        if (query.counted() != null) {
            parts.add(new CountedSql(moment, type).of(query.counted(), Condition.all(parts)));
        }
        return Condition.all(parts);
    }

    /** What a listing and a scan ask alike; may be added to. */
    static List<Condition> conditions(TypeLayout type, EventScan scan) {
        List<Condition> parts = new ArrayList<>();
        addRange("ts", scan.timestamps(), parts);
        addRange("ingested", scan.ingested(), parts);
        if (scan.customers() != null) {
            parts.add(Condition.of(Numbers.isOneOf("customer", scan.customers())));
        }
        if (scan.source() != null) {
            parts.add(Condition.of("source = " + (int) scan.source().code()));
        }
        parts.add(new FilterSql(type).of(scan.filter()));
        return parts;
    }

    private static void addRange(String column, Period period, List<Condition> parts) {
        if (period.fromMicros() != Long.MIN_VALUE) {
            parts.add(Condition.of(column + " >= " + period.fromMicros()));
        }
        if (period.toMicros() != Long.MAX_VALUE) {
            parts.add(Condition.of(column + " < " + period.toMicros()));
        }
    }

    private long count(Condition matching) throws SQLException {
        try (PreparedStatement statement =
                        moment.prepare("SELECT count(*) FROM " + matching.sql(), matching.parameters());
                ResultSet result = moment.execute(statement)) {
            result.next();
            return result.getLong(1);
        }
    }

    private List<Place> places(Condition matching, EventQuery query) throws SQLException {
        String direction = query.descending() ? " DESC" : " ASC";
        String sql = "SELECT type, customer, seq FROM " + matching.sql() + after(query) + " ORDER BY sorted_by"
                + direction + ", seq" + direction + " LIMIT " + query.take() + " OFFSET " + query.skip();
        List<Place> places = new ArrayList<>();
        try (PreparedStatement statement = moment.prepare(sql, matching.parameters());
                ResultSet result = moment.execute(statement)) {
            while (result.next()) {
                places.add(new Place(result.getInt(1), result.getLong(2), result.getLong(3)));
            }
        }
        return places;
    }

    private static String after(EventQuery query) {
        EventQuery.Position after = query.after();
        if (after == null) {
            return "";
        }
        String sign = query.descending() ? "<" : ">";
        return " WHERE sorted_by %1$s %2$d OR (sorted_by = %2$d AND seq %1$s %3$d)"
                .formatted(sign, after.sortValue(), after.sequence());
    }

    private void read(TypeLayout type, List<Place> places, Map<Long, StoredEvent> events) throws SQLException {
        Rows rows = new Rows(type);
        String sql = "SELECT " + rows.selection() + " FROM " + type.current() + " WHERE " + at(places);
        try (PreparedStatement statement = moment.prepare(sql, List.of());
                ResultSet result = moment.execute(statement)) {
            while (result.next()) {
                StoredEvent event = rows.read(result);
                events.put(event.sequence(), event);
            }
        }
    }

    /**
     * True for the rows at these places, and perhaps for a few more between them: blocks are skipped by the range alone, and
     * a list costs DuckDB more to plan than so many rows cost to read. Rows stand by customer, so one customer skips blocks;
     * many would not.
     */
    private static String at(List<Place> places) {
        Set<Long> sequences = places.stream().map(Place::sequence).collect(Collectors.toSet());
        long first = Collections.min(sequences);
        long last = Collections.max(sequences);
        String where = "seq BETWEEN " + first + " AND " + last;
        if (last - first > (long) FEW_BETWEEN * sequences.size()) {
            where += " AND " + Numbers.isOneOf("seq", sequences);
        }
        Set<Long> customers = places.stream().map(Place::customer).collect(Collectors.toSet());
        return customers.size() == 1 ? where + " AND " + Numbers.isOneOf("customer", customers) : where;
    }

    private static String sortColumn(EventQuery query) {
        return switch (query.sort()) {
            case TIMESTAMP -> "ts";
            case INGESTED_AT -> "ingested";
        };
    }

    private record Place(int type, long customer, long sequence) {}
}
