package io.meterline.store.duckdb;

import io.meterline.event.Event;
import io.meterline.event.Property;
import io.meterline.event.PropertyValue;
import io.meterline.event.Source;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Appends events to a table of rows: the fixed columns, then a value or null in each property column. */
final class RowAppender implements AutoCloseable {

    private final DuckDBAppender out;
    private final TypeLayout layout;
    private final Column[] columns;
    private final @Nullable PropertyValue[] byProperty;

    RowAppender(DuckDBConnection connection, String table, TypeLayout layout) throws SQLException {
        this.out = Database.appender(connection, table);
        this.layout = layout;
        this.columns = layout.columns().toArray(Column[]::new);
        this.byProperty = new PropertyValue[layout.names().size()];
    }

    void append(Event event, long sequence, long ingestedAtMicros) throws SQLException {
        out.beginRow()
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
        appendNulls(event.properties());
        for (Property property : event.properties()) {
            byProperty[layout.numberOf(property.name())] = property.value();
        }
        for (Column column : columns) {
            column.kind().append(byProperty[column.property()], out);
        }
        out.endRow();
        Arrays.fill(byProperty, null);
    }

    @Override
    public void close() throws SQLException {
        out.close();
    }

    /** The numbers of the properties that are explicitly null, which no property column can tell from missing. */
    private void appendNulls(List<Property> properties) throws SQLException {
        StringBuilder numbers = null;
        for (Property property : properties) {
            if (property.value() instanceof PropertyValue.Null) {
                numbers = numbers == null ? new StringBuilder() : numbers.append(',');
                numbers.append(layout.numberOf(property.name()));
            }
        }
        if (numbers == null) {
            out.appendNull();
        } else {
            out.append(numbers.toString());
        }
    }
}
