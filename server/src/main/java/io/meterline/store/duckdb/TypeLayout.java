package io.meterline.store.duckdb;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the tables of an event type look like at one moment.
 *
 * @param number names the tables
 * @param properties numbers of the properties, by name
 * @param names names of the properties, by number
 * @param columns columns behind the fixed ones, in the order in which they appeared
 * @param rows where its rows are
 * @param dead tables with sequences of rows that are still somewhere but no longer count
 */
record TypeLayout(
        int number,
        Environment environment,
        String name,
        Map<String, Integer> properties,
        List<String> names,
        List<Column> columns,
        List<RowTable> rows,
        List<String> dead) {

    /** The columns that every table of rows begins with. */
    static final String FIXED_COLUMNS = """
            seq BIGINT NOT NULL, hash_high BIGINT NOT NULL, hash_low BIGINT NOT NULL, customer BIGINT NOT NULL,
            ts BIGINT NOT NULL, load BIGINT, source TINYINT NOT NULL, ingested BIGINT NOT NULL,
            id VARCHAR NOT NULL, id_number BOOLEAN NOT NULL, nulls VARCHAR""";

    static final String FIXED_NAMES =
            "seq, hash_high, hash_low, customer, ts, load, source, ingested, id, id_number, nulls";

    private static final RowTable NO_ROWS = new RowTable("", 0, false);

    TypeLayout {
        properties = Map.copyOf(properties);
        names = List.copyOf(names);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        dead = List.copyOf(dead);
    }

    /**
     * A table of rows.
     *
     * @param columns how many of the type's columns it has; those that appeared later are null in it
     * @param inSlots whether it is shared with other types, and the columns lie in its {@link Slot}s
     */
    record RowTable(String name, int columns, boolean inSlots) {}

    /** Folded rows, in order of customer and time. */
    String main() {
        return Database.EVENTS + ".main_" + number;
    }

    /** Current rows, as a relation to select from. */
    String current() {
        return dead.isEmpty() ? all() : all() + " ANTI JOIN (" + beaten() + ") USING (seq)";
    }

    /** The sequences of rows that no longer count, as a query. */
    String beaten() {
        return dead.stream()
                .map(table -> "SELECT seq FROM " + table + " WHERE type = " + number)
                .collect(Collectors.joining(" UNION ALL "));
    }

    /** All rows, also those that no longer count, as a relation to select from. */
    String all() {
        if (rows.isEmpty()) {
            return """
                    (SELECT 0::BIGINT AS seq, 0::BIGINT AS hash_high, 0::BIGINT AS hash_low, 0::BIGINT AS customer,
                    0::BIGINT AS ts, NULL::BIGINT AS load, 0::TINYINT AS source, 0::BIGINT AS ingested,
                    '' AS id, FALSE AS id_number, NULL::VARCHAR AS nulls%s WHERE FALSE)""".formatted(columns(NO_ROWS));
        }
        RowTable first = rows.getFirst();
        if (rows.size() == 1 && !first.inSlots && first.columns == columns.size()) {
            return first.name;
        }
        return rows.stream()
                .map(table -> "SELECT " + FIXED_NAMES + columns(table) + " FROM " + table.name
                        + (table.inSlots ? " WHERE type = " + number : ""))
                .collect(Collectors.joining(" UNION ALL ", "(", ")"));
    }

    /** The places of the columns in a table that types share, in the order of the columns. */
    List<Slot> slots() {
        Map<ColumnKind, Integer> used = new EnumMap<>(ColumnKind.class);
        return columns.stream()
                .map(column -> new Slot(column.kind(), used.merge(column.kind(), 1, Integer::sum) - 1))
                .toList();
    }

    /** The names of the columns, each after a comma. */
    String columnNames() {
        StringBuilder sql = new StringBuilder();
        columns.forEach(column -> sql.append(", ").append(column.name()));
        return sql.toString();
    }

    /** The columns as to be selected from a table, each after a comma. */
    private String columns(RowTable table) {
        List<Slot> slots = table.inSlots ? slots() : List.of();
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            sql.append(", ");
            if (i >= table.columns) {
                sql.append("NULL::").append(column.kind().sqlType()).append(" AS ");
            } else if (table.inSlots) {
                sql.append(slots.get(i).name()).append(" AS ");
            }
            sql.append(column.name());
        }
        return sql.toString();
    }

    /** The same with the properties and columns that these events need; its tables lack the new ones, which are null there. */
    TypeLayout grown(Collection<Event> events) {
        TypeTables tables = new TypeTables(number, new CatalogSnapshot.TypeName(environment, name));
        names.forEach(tables::addProperty);
        columns.forEach(tables::addColumn);
        events.forEach(tables::require);
        return tables.layout().withTablesOf(this);
    }

    /** The same with the tables of an earlier layout of the type. */
    TypeLayout withTablesOf(@Nullable TypeLayout before) {
        return before == null ? this : withTables(before.rows, before.dead);
    }

    /** The same with one more table of rows, or with a table of rows as it is now. */
    TypeLayout with(RowTable table) {
        List<RowTable> tables = new ArrayList<>(rows);
        tables.removeIf(other -> other.name.equals(table.name));
        tables.add(table);
        return withTables(tables, dead);
    }

    TypeLayout withDead(String table) {
        List<String> tables = new ArrayList<>(dead);
        if (!tables.contains(table)) {
            tables.add(table);
        }
        return withTables(rows, tables);
    }

    /** The same after a generation of its rows was moved to the main table. */
    TypeLayout folded(TypeLayout generation, RowTable main) {
        List<RowTable> tables = new ArrayList<>(rows);
        tables.removeIf(table -> table.name.equals(main.name) || generation.has(table));
        tables.addFirst(main);
        List<String> left = new ArrayList<>(dead);
        left.removeAll(generation.dead);
        return withTables(tables, left);
    }

    private boolean has(RowTable table) {
        return rows.stream().anyMatch(other -> other.name.equals(table.name));
    }

    private TypeLayout withTables(List<RowTable> tables, List<String> deadTables) {
        return new TypeLayout(number, environment, name, properties, names, columns, tables, deadTables);
    }

    @Nullable
    Integer property(String propertyName) {
        return properties.get(propertyName);
    }

    /** The number of a property that an event of this layout has. */
    int numberOf(String propertyName) {
        return Objects.requireNonNull(properties.get(propertyName), "the layout is older than the event");
    }

    boolean has(int property, ColumnKind kind) {
        return columns.contains(new Column(property, kind));
    }
}
