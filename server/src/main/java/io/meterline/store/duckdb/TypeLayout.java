package io.meterline.store.duckdb;

import io.meterline.event.Environment;
import java.util.ArrayList;
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
     */
    record RowTable(String name, int columns) {}

    /** Folded rows, in order of customer and time. */
    String main() {
        return Database.EVENTS + ".main_" + number;
    }

    /** Current rows, as a relation to select from. */
    String current() {
        String all = union();
        if (dead.isEmpty()) {
            return all;
        }
        String beaten =
                dead.stream().map(table -> "SELECT seq FROM " + table).collect(Collectors.joining(" UNION ALL "));
        return all + " ANTI JOIN (" + beaten + ") USING (seq)";
    }

    private String union() {
        if (rows.size() == 1 && rows.getFirst().columns == columns.size()) {
            return rows.getFirst().name;
        }
        if (rows.isEmpty()) {
            return """
                    (SELECT 0::BIGINT AS seq, 0::BIGINT AS hash_high, 0::BIGINT AS hash_low, 0::BIGINT AS customer,
                    0::BIGINT AS ts, NULL::BIGINT AS load, 0::TINYINT AS source, 0::BIGINT AS ingested,
                    '' AS id, FALSE AS id_number, NULL::VARCHAR AS nulls%s WHERE FALSE)""".formatted(columns(0));
        }
        return rows.stream()
                .map(table -> "SELECT " + FIXED_NAMES + columns(table.columns) + " FROM " + table.name)
                .collect(Collectors.joining(" UNION ALL ", "(", ")"));
    }

    /** The columns from one to before another, each after a comma. */
    String columns(int from, int to) {
        StringBuilder sql = new StringBuilder();
        columns.subList(from, to).forEach(column -> sql.append(", ").append(column.name()));
        return sql.toString();
    }

    /** The columns as a table has them that was made when there were {@code present} of them. */
    private String columns(int present) {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            sql.append(", ");
            if (i >= present) {
                sql.append("NULL::").append(column.kind().sqlType()).append(" AS ");
            }
            sql.append(column.name());
        }
        return sql.toString();
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

    /** The same after a part of it was folded. */
    TypeLayout folded(GenerationPart part, RowTable main) {
        List<RowTable> tables = new ArrayList<>(rows);
        tables.removeIf(table -> table.name.equals(main.name) || table.name.equals(part.rows()));
        tables.addFirst(main);
        List<String> left = new ArrayList<>(dead);
        left.removeIf(table -> table.equals(part.dead()));
        return withTables(tables, left);
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
