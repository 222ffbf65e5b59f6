package io.meterline.store.duckdb;

import io.meterline.event.Environment;
import io.meterline.store.EventTypeSummary;
import io.meterline.store.EventTypeSummary.Kind;
import io.meterline.store.EventTypeSummary.PropertySummary;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Summarises the event types. */
final class TypeReader {

    private TypeReader() {}

    static List<EventTypeSummary> read(Moment moment, Environment environment) throws SQLException {
        moment.pin();
        List<EventTypeSummary> summaries = new ArrayList<>();
        for (TypeLayout layout : moment.tables().types(environment)) {
            String sql = "SELECT count(*), min(ts), max(ts) FROM " + layout.current();
            try (PreparedStatement statement = moment.prepare(sql, List.of());
                    ResultSet row = moment.execute(statement)) {
                row.next();
                summaries.add(new EventTypeSummary(
                        layout.name(), row.getLong(1), micros(row, 2), micros(row, 3), properties(layout)));
            }
        }
        return summaries;
    }

    private static @Nullable Long micros(ResultSet row, int at) throws SQLException {
        long micros = row.getLong(at);
        return row.wasNull() ? null : micros;
    }

    private static List<PropertySummary> properties(TypeLayout layout) {
        List<PropertySummary> properties = new ArrayList<>();
        for (int i = 0; i < layout.names().size(); i++) {
            Set<Kind> kinds = EnumSet.noneOf(Kind.class);
            for (Column column : layout.columns()) {
                if (column.property() == i) {
                    kinds.add(column.kind().kind());
                }
            }
            properties.add(new PropertySummary(layout.names().get(i), kinds));
        }
        return properties;
    }
}
