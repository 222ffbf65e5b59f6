package io.meterline.store.duckdb;

import io.meterline.event.Event;
import io.meterline.event.Property;
import io.meterline.event.PropertyValue;
import io.meterline.event.Source;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Appends events to a table in memory: the type, the fixed columns, then a value or null in each slot. */
final class RowAppender implements AutoCloseable {

    private static final int NO_PROPERTY = -1;

    private final DuckDBAppender out;
    private final List<Slot> slots;
    private final int[] properties;
    private @Nullable TypeLayout layout;
    private @Nullable PropertyValue[] byProperty = {};

    RowAppender(DuckDBConnection connection, String table, List<Slot> slots) throws SQLException {
        this.out = Database.appender(connection, table);
        this.slots = slots;
        this.properties = new int[slots.size()];
    }

    /** Says of which type the next events are. */
    void ofType(TypeLayout next) {
        layout = next;
        byProperty = new PropertyValue[next.names().size()];
        Arrays.fill(properties, NO_PROPERTY);
        List<Slot> used = next.slots();
        for (int i = 0; i < used.size(); i++) {
            properties[slots.indexOf(used.get(i))] = next.columns().get(i).property();
        }
    }

    void append(Event event, long sequence, long ingestedAtMicros) throws SQLException {
        TypeLayout type = Objects.requireNonNull(layout, "the type comes first");
        out.beginRow()
                .append(type.number())
                .append(sequence)
                .append(event.key().high())
                .append(event.key().low())
                .append(event.customer())
                .append(event.timestampMicros());
        if (event.source() == Source.LOADER) {
            out.append(event.version());
        } else {
            out.appendNull();
        }
        out.append((byte) event.source().code())
                .append(ingestedAtMicros)
                .append(event.recordId())
                .append(event.idIsNumber());
        appendNulls(type, event.properties());
        for (Property property : event.properties()) {
            byProperty[type.numberOf(property.name())] = property.value();
        }
        for (int i = 0; i < properties.length; i++) {
            slots.get(i).kind().append(properties[i] == NO_PROPERTY ? null : byProperty[properties[i]], out);
        }
        out.endRow();
        Arrays.fill(byProperty, null);
    }

    @Override
    public void close() throws SQLException {
        out.close();
    }

    /** The numbers of the properties that are explicitly null, which no property column can tell from missing. */
    private void appendNulls(TypeLayout type, List<Property> values) throws SQLException {
        StringBuilder numbers = null;
        for (Property property : values) {
            if (property.value() instanceof PropertyValue.Null) {
                numbers = numbers == null ? new StringBuilder() : numbers.append(',');
                numbers.append(type.numberOf(property.name()));
            }
        }
        if (numbers == null) {
            out.appendNull();
        } else {
            out.append(numbers.toString());
        }
    }
}
