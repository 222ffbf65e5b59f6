package io.meterline.store.duckdb;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.Property;
import io.meterline.event.PropertyValue;
import io.meterline.store.EventWriter.Limit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps event types and columns within their limits, before an event is accepted.
 *
 * <p>It knows the tables as they will be once all that was admitted is applied. Safe for use by many threads.
 */
final class Admission {

    static final int MAX_TYPES = 1_000;
    static final int MAX_COLUMNS = 500;

    private final Map<CatalogSnapshot.TypeName, TypeColumns> types = new ConcurrentHashMap<>();
    private final Map<Environment, AtomicInteger> typeCounts = new ConcurrentHashMap<>();

    /** Reserves what the event needs, or returns the limit that it would pass. */
    @Nullable
    Limit admit(Environment environment, Event event) {
        CatalogSnapshot.TypeName name = new CatalogSnapshot.TypeName(environment, event.eventType());
        TypeColumns columns = types.get(name);
        if (columns == null) {
            if (!reserveType(name)) {
                return Limit.TOO_MANY_EVENT_TYPES;
            }
            columns = types.computeIfAbsent(name, ignored -> new TypeColumns());
        }
        return columns.admit(event) ? null : Limit.TOO_MANY_PROPERTIES;
    }

    /** Counts in what the tables have already. */
    void restore(TypeLayout layout) {
        CatalogSnapshot.TypeName name = new CatalogSnapshot.TypeName(layout.environment(), layout.name());
        count(layout.environment()).incrementAndGet();
        TypeColumns columns = new TypeColumns();
        types.put(name, columns);
        layout.properties().forEach((property, number) -> {
            columns.add(property, 0);
            for (Column column : layout.columns()) {
                if (column.property() == number && column.kind() != ColumnKind.ELEMENTS) {
                    columns.add(property, column.kind().bit());
                }
            }
        });
    }

    private boolean reserveType(CatalogSnapshot.TypeName name) {
        AtomicInteger count = count(name.environment());
        synchronized (count) {
            if (types.containsKey(name)) {
                return true;
            }
            if (count.get() >= MAX_TYPES) {
                return false;
            }
            count.incrementAndGet();
            types.put(name, new TypeColumns());
            return true;
        }
    }

    private AtomicInteger count(Environment environment) {
        return typeCounts.computeIfAbsent(environment, ignored -> new AtomicInteger());
    }

    /** The kinds of each property of a type, a bit for each kind of column. */
    private static final class TypeColumns {
        private final Map<String, Integer> kinds = new ConcurrentHashMap<>();
        private int columns;

        boolean admit(Event event) {
            for (Property property : event.properties()) {
                if (isNew(property)) {
                    return reserve(event);
                }
            }
            return true;
        }

        private synchronized boolean reserve(Event event) {
            int needed = 0;
            for (Property property : event.properties()) {
                if (isNew(property)) {
                    needed += columnsFor(property.name());
                }
            }
            if (columns + needed > MAX_COLUMNS) {
                return false;
            }
            for (Property property : event.properties()) {
                if (isNew(property)) {
                    add(property.name(), bitOf(property.value()));
                }
            }
            return true;
        }

        synchronized void add(String property, int bit) {
            Integer known = kinds.get(property);
            if (known == null || (known & bit) != bit) {
                columns += columnsFor(property);
                kinds.merge(property, bit, (a, b) -> a | b);
            }
        }

        private boolean isNew(Property property) {
            Integer known = kinds.get(property.name());
            int bit = bitOf(property.value());
            return known == null || (known & bit) != bit;
        }

        /** A property counts from its first null on; its first kind of value costs nothing more. */
        private int columnsFor(String property) {
            Integer known = kinds.get(property);
            return known != null && known == 0 ? 0 : 1;
        }

        private static int bitOf(PropertyValue value) {
            ColumnKind kind = ColumnKind.of(value);
            return kind == null ? 0 : kind.bit();
        }
    }
}
