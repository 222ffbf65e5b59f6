package io.meterline.store.duckdb;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * The tables in memory that events are appended to, in generations: one that is full is folded and dropped as a whole.
 *
 * <p>A generation has one table of rows for all types, because appending to a table costs nearly a millisecond however few
 * the rows are; a type that would make it too wide for the others has its own. It has one table of beaten sequences.
 *
 * <p>Used by the applying thread.
 */
final class RecentTables {

    private static final int MOST_SHARED_SLOTS = 24;

    private final DuckDBConnection connection;
    private int generation = 1;
    private int rows;
    private RecentTable shared = new RecentTable(rowsName());
    private Map<TypeTables, RecentTable> own = new HashMap<>();
    private Map<TypeTables, Part> parts = new LinkedHashMap<>();
    private boolean deadMade;

    RecentTables(DuckDBConnection connection) {
        this.connection = connection;
    }

    /** Rows and beaten sequences in this generation. */
    int rows() {
        return rows;
    }

    /** The types of a batch that have rows, by the table that these belong into. */
    Map<RecentTable, List<Batch.TypeRows>> place(Collection<Batch.TypeRows> types) {
        Map<RecentTable, List<Batch.TypeRows>> placed = new LinkedHashMap<>();
        for (Batch.TypeRows type : types) {
            if (!type.rows.isEmpty()) {
                RecentTable table = table(type.tables);
                table.require(type.tables.layout());
                placed.computeIfAbsent(table, ignored -> new ArrayList<>()).add(type);
                part(type.tables).has(table, type.tables);
            }
        }
        return placed;
    }

    private RecentTable table(TypeTables tables) {
        RecentTable table = own.get(tables);
        if (table != null) {
            return table;
        }
        if (shared.slotsWith(tables.layout()) <= MOST_SHARED_SLOTS) {
            return shared;
        }
        return own.computeIfAbsent(tables, ignored -> new RecentTable(rowsName() + "_" + tables.number()));
    }

    RowAppender appendRows(RecentTable table) throws SQLException {
        return table.append(connection);
    }

    /** An appender of beaten sequences of these types: number of the type, sequence. */
    DuckDBAppender appendDead(Collection<Batch.TypeRows> types) throws SQLException {
        if (!deadMade) {
            Database.execute(
                    connection, "CREATE TABLE " + deadName() + " (type INTEGER NOT NULL, seq BIGINT NOT NULL)");
            deadMade = true;
        }
        types.forEach(type -> part(type.tables).hasDead(type.tables));
        return Database.appender(connection, deadName());
    }

    void added(int count) {
        rows += count;
    }

    /** A type as it is now, with the tables of this generation beside those that it had. */
    TypeLayout layout(TypeTables tables, CatalogSnapshot before) {
        TypeLayout layout = tables.layout().withTablesOf(before.type(tables.name()));
        return part(tables).addTo(layout, deadName());
    }

    /** Begins the next generation; returns the types of the one that is complete now, each with its tables there only. */
    List<TypeLayout> turn() {
        List<TypeLayout> complete = new ArrayList<>();
        parts.forEach((tables, part) -> complete.add(part.addTo(tables.layout(), deadName())));
        complete.sort(Comparator.comparingInt(TypeLayout::number));
        generation++;
        rows = 0;
        shared = new RecentTable(rowsName());
        own = new HashMap<>();
        parts = new LinkedHashMap<>();
        deadMade = false;
        return complete;
    }

    private Part part(TypeTables tables) {
        return parts.computeIfAbsent(tables, ignored -> new Part());
    }

    private String rowsName() {
        return Database.RECENT + ".rows_" + generation;
    }

    private String deadName() {
        return Database.RECENT + ".dead_" + generation;
    }

    /** What the generation has of one type. */
    private static final class Part {
        private final Map<RecentTable, Integer> columns = new LinkedHashMap<>();
        private boolean dead;

        void has(RecentTable table, TypeTables tables) {
            int now = tables.layout().columns().size();
            Integer before = columns.put(table, now);
            if (before == null || before != now) {
                tables.markChanged();
            }
        }

        void hasDead(TypeTables tables) {
            if (!dead) {
                dead = true;
                tables.markChanged();
            }
        }

        TypeLayout addTo(TypeLayout layout, String deadName) {
            TypeLayout with = layout;
            for (Map.Entry<RecentTable, Integer> table : columns.entrySet()) {
                with = with.with(new TypeLayout.RowTable(table.getKey().name(), table.getValue(), true));
            }
            return dead ? with.withDead(deadName) : with;
        }
    }
}
