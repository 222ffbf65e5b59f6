package io.meterline.store.duckdb;

import io.meterline.event.Environment;
import io.meterline.store.EventScan;
import io.meterline.store.EventTypeSummary.Kind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads all events that match, type by type, from results that come piece by piece. */
final class ScanReader {

    private final Moment moment;

    ScanReader(Moment moment) {
        this.moment = moment;
    }

    void scan(Environment environment, EventScan scan, EventScan.Sink sink) throws SQLException {
        moment.pin();
        List<TypeLayout> types = moment.tables().types(environment).stream()
                .filter(type -> scan.eventType() == null || scan.eventType().equals(type.name()))
                .toList();
        sink.begin(properties(types));
        for (TypeLayout type : types) {
            read(type, scan, sink);
        }
        sink.end();
    }

    private void read(TypeLayout type, EventScan scan, EventScan.Sink sink) throws SQLException {
        Rows rows = new Rows(type);
        Condition condition = Condition.all(ListingReader.conditions(type, scan));
        String sql = "SELECT " + rows.selection() + " FROM " + type.current() + " WHERE " + condition.sql();
        try (PreparedStatement statement = moment.prepare(sql, condition.parameters());
                ResultSet result = moment.execute(statement)) {
            while (result.next()) {
                sink.accept(rows.read(result));
            }
        }
    }

    private static Map<String, Set<Kind>> properties(List<TypeLayout> types) {
        Map<String, Set<Kind>> properties = new TreeMap<>();
        for (TypeLayout type : types) {
            type.names().forEach(name -> properties.computeIfAbsent(name, _ -> EnumSet.noneOf(Kind.class)));
            for (Column column : type.columns()) {
                properties
                        .getOrDefault(type.names().get(column.property()), EnumSet.noneOf(Kind.class))
                        .add(column.kind().kind());
            }
        }
        return properties;
    }
}
