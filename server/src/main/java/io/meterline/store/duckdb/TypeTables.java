package io.meterline.store.duckdb;

import io.meterline.event.Event;
import io.meterline.event.Property;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The properties and columns of one event type as they grow. Used by one thread, the applying one as a rule. */
final class TypeTables {

    private final int number;
    private final CatalogSnapshot.TypeName name;
    private final Map<String, Integer> properties = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();
    // The kinds of column of each property, by its number.
    private final List<Set<ColumnKind>> known = new ArrayList<>();
    private boolean changed;
    private @Nullable TypeLayout layout;

    TypeTables(int number, CatalogSnapshot.TypeName name) {
        this.number = number;
        this.name = name;
    }

    int number() {
        return number;
    }

    CatalogSnapshot.TypeName name() {
        return name;
    }

    /** Adds the properties and columns that an event needs. */
    void require(Event event) {
        for (Property property : event.properties()) {
            Integer given = properties.get(property.name());
            int propertyNumber = given != null ? given : addProperty(property.name());
            ColumnKind kind = ColumnKind.of(property.value());
            if (kind != null && !known.get(propertyNumber).contains(kind)) {
                addColumn(new Column(propertyNumber, kind));
                if (kind == ColumnKind.ARRAY) {
                    addColumn(new Column(propertyNumber, ColumnKind.ELEMENTS));
                }
            }
        }
    }

    int addProperty(String property) {
        int next = names.size();
        properties.put(property, next);
        names.add(property);
        known.add(EnumSet.noneOf(ColumnKind.class));
        layout = null;
        changed = true;
        return next;
    }

    void addColumn(Column column) {
        if (known.get(column.property()).add(column.kind())) {
            columns.add(column);
            layout = null;
            changed = true;
        }
    }

    /** Says that readers have not been shown what is here. */
    void markChanged() {
        changed = true;
    }

    /** Whether there is something that readers have not been shown; from now on there is not. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** The type as it is now, without the tables that hold its rows. */
    TypeLayout layout() {
        if (layout == null) {
            layout = new TypeLayout(
                    number, name.environment(), name.name(), properties, names, columns, List.of(), List.of());
        }
        return layout;
    }
}
