package io.meterline.store.duckdb;

import io.meterline.event.Event;
import io.meterline.event.KeyHash;
import io.meterline.event.Property;
import io.meterline.event.PropertyValue;
import io.meterline.event.Source;
import io.meterline.store.StoredEvent;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns rows of a type's tables back into events. */
final class Rows {

    private final TypeLayout layout;
    private final List<Column> columns;

    Rows(TypeLayout layout) {
        this.layout = layout;
        this.columns = layout.columns().stream()
                .filter(column -> column.kind() != ColumnKind.ELEMENTS)
                .toList();
    }

    /** What to select, for {@link #read}. */
    String selection() {
        StringBuilder names = new StringBuilder(
                "seq, hash_high, hash_low, customer, ts, load, source, ingested, id, id_number, nulls");
        for (Column column : columns) {
            names.append(", ").append(column.name());
        }
        return names.toString();
    }

    StoredEvent read(ResultSet row) throws SQLException {
        long timestamp = row.getLong(5);
        long load = row.getLong(6);
        long version = row.wasNull() ? timestamp : load;
        Event event = new Event(
                new KeyHash(row.getLong(2), row.getLong(3)),
                layout.name(),
                row.getLong(4),
                timestamp,
                version,
                false,
                Source.ofCode((char) row.getByte(7)),
                row.getString(9),
                row.getBoolean(10),
                properties(row));
        return new StoredEvent(event, row.getLong(1), row.getLong(8));
    }

    private List<Property> properties(ResultSet row) throws SQLException {
        @Nullable PropertyValue[] values = new PropertyValue[layout.names().size()];
        for (int i = 0; i < columns.size(); i++) {
            PropertyValue value = value(row, 12 + i, columns.get(i).kind());
            if (value != null) {
                values[columns.get(i).property()] = value;
            }
        }
        Set<Integer> nulls = nulls(row.getString(11));
        List<Property> properties = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            PropertyValue value = values[i];
            if (value != null) {
                properties.add(new Property(layout.names().get(i), value));
            } else if (nulls.contains(i)) {
                properties.add(new Property(layout.names().get(i), PropertyValue.Null.NULL));
            }
        }
        return properties;
    }

    private static Set<Integer> nulls(@Nullable String numbers) {
        Set<Integer> nulls = new HashSet<>();
        if (numbers != null) {
            for (String number : numbers.split(",", -1)) {
                nulls.add(Integer.valueOf(number));
            }
        }
        return nulls;
    }

    private static @Nullable PropertyValue value(ResultSet row, int at, ColumnKind kind) throws SQLException {
        return switch (kind) {
            case TEXT -> {
                String text = row.getString(at);
                yield text == null ? null : new PropertyValue.Text(text);
            }
            case NUMBER, WIDE_NUMBER -> {
                BigDecimal number = row.getBigDecimal(at);
                yield number == null ? null : new PropertyValue.Number(number);
            }
            case BOOLEAN -> {
                boolean bool = row.getBoolean(at);
                yield row.wasNull() ? null : PropertyValue.Bool.of(bool);
            }
            case ARRAY -> {
                String json = row.getString(at);
                yield json == null ? null : ArrayText.ofJson(json);
            }
            case ELEMENTS -> null;
        };
    }
}
