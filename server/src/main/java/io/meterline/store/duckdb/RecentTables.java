package io.meterline.store.duckdb;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBConnection;

/**
 * The tables in memory that events are appended to: one generation after the other, each with a table of rows and a table
 * of beaten sequences for the types that need them. A generation that is full is folded and dropped as a whole.
 *
 * <p>Used by the applying thread.
 */
final class RecentTables {

    private final DuckDBConnection connection;
    private int generation = 1;
    private int rows;
    private Map<TypeTables, Part> parts = new LinkedHashMap<>();

    RecentTables(DuckDBConnection connection) {
        this.connection = connection;
    }

    /** Rows and beaten sequences in this generation. */
    int rows() {
        return rows;
    }

    void added(int count) {
        rows += count;
    }

    /** The table of rows of a type, with all its columns. */
    String rows(TypeTables tables) throws SQLException {
        Part part = part(tables);
        List<Column> columns = tables.layout().columns();
        String name = rowsName(generation, tables.number());
        if (part.columns < 0) {
            execute("CREATE TABLE " + name + " (" + TypeLayout.FIXED_COLUMNS + columnsSql(columns) + ")");
        } else {
            for (Column column : columns.subList(part.columns, columns.size())) {
                execute("ALTER TABLE " + name + " ADD COLUMN " + column.definition());
            }
        }
        if (part.columns < columns.size()) {
            part.columns = columns.size();
            tables.markChanged();
        }
        return name;
    }

    /** The table of the type's beaten sequences. */
    String dead(TypeTables tables) throws SQLException {
        Part part = part(tables);
        String name = deadName(generation, tables.number());
        if (!part.dead) {
            execute("CREATE TABLE " + name + " (seq BIGINT NOT NULL)");
            part.dead = true;
            tables.markChanged();
        }
        return name;
    }

    /** The layout of a type with the tables of this generation that it has now. */
    TypeLayout layout(TypeTables tables, CatalogSnapshot before) {
        Part part = part(tables);
        TypeLayout layout = tables.layout().withTablesOf(before.type(tables.name()));
        if (part.columns >= 0) {
            layout = layout.with(new TypeLayout.RowTable(rowsName(generation, tables.number()), part.columns));
        }
        return part.dead ? layout.withDead(deadName(generation, tables.number())) : layout;
    }

    /** Begins the next generation and returns the one that is complete now. */
    List<GenerationPart> turn() {
        List<GenerationPart> complete = new ArrayList<>();
        parts.forEach((tables, part) -> complete.add(new GenerationPart(
                tables.layout(),
                part.columns < 0 ? null : rowsName(generation, tables.number()),
                part.columns,
                part.dead ? deadName(generation, tables.number()) : null)));
        complete.sort(Comparator.comparingInt(part -> part.layout().number()));
        generation++;
        rows = 0;
        parts = new LinkedHashMap<>();
        return complete;
    }

    private Part part(TypeTables tables) {
        return parts.computeIfAbsent(tables, ignored -> new Part());
    }

    private void execute(String sql) throws SQLException {
        Database.execute(connection, sql);
    }

    private static String columnsSql(List<Column> columns) {
        StringBuilder sql = new StringBuilder();
        columns.forEach(column -> sql.append(", ").append(column.definition()));
        return sql.toString();
    }

    private static String rowsName(int generation, int type) {
        return Database.RECENT + ".rows_" + generation + "_" + type;
    }

    private static String deadName(int generation, int type) {
        return Database.RECENT + ".dead_" + generation + "_" + type;
    }

    private static final class Part {
        private int columns = -1;
        private boolean dead;
    }
}
