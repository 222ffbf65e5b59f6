package io.meterline.store.duckdb;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.duckdb.DuckDBConnection;

/**
 * Moves a generation of recent rows into the main tables, in order of customer and time, and deletes the main rows that it
 * has beaten. For readers both happen at one moment.
 */
final class RowMover {

    private final DuckDBConnection connection;
    private final MainTables main;
    private final Catalog catalog;
    private final RunMerger runs;

    RowMover(MainTables main, Catalog catalog, RunMerger runs) {
        this.connection = main.connection();
        this.main = main;
        this.catalog = catalog;
        this.runs = runs;
    }

    /**
     * Moves a generation.
     *
     * @param parts its types, each with its tables in the generation only
     * @param throughSequence the last sequence that was in it or before
     * @param keyFiles the files of the key index that hold everything up to there, oldest first
     */
    void move(List<TypeLayout> parts, long throughSequence, List<String> keyFiles) throws SQLException {
        writeCatalogue(parts);
        moveRows(parts, throughSequence, keyFiles);
        dropRecent(parts);
    }

    /** In transactions of its own: a column that is there before its rows harms no reader. */
    private void writeCatalogue(List<TypeLayout> parts) throws SQLException {
        for (TypeLayout part : parts) {
            if (!main.isWritten(part)) {
                inTransaction(() -> main.write(part));
            }
        }
    }

    private void moveRows(List<TypeLayout> parts, long throughSequence, List<String> keyFiles) throws SQLException {
        Database.execute(connection, "BEGIN");
        try {
            for (TypeLayout part : parts) {
                moveRows(part);
            }
            writePosition(throughSequence, keyFiles);
            catalog.mainCommits()
                    .run(() -> catalog.change(
                            () -> Database.execute(connection, "COMMIT"), before -> layoutsAfter(parts, before)));
        } catch (SQLException | RuntimeException e) {
            Database.execute(connection, "ROLLBACK");
            throw e;
        }
    }

    private void moveRows(TypeLayout part) throws SQLException {
        if (!part.rows().isEmpty()) {
            addRun(part);
            String columns = TypeLayout.FIXED_NAMES + part.columnNames();
            Database.execute(
                    connection,
                    "INSERT INTO " + part.main() + " (" + columns + ") SELECT " + columns + " FROM " + part.current()
                            + " ORDER BY customer, ts, seq");
        }
        if (!part.dead().isEmpty()) {
            Database.execute(connection, "DELETE FROM " + part.main() + " WHERE seq IN (" + part.beaten() + ")");
        }
    }

    private void addRun(TypeLayout part) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet range = statement.executeQuery("SELECT min(seq), max(seq), count(*) FROM " + part.all())) {
            range.next();
            if (range.getLong(3) > 0) {
                runs.addRun(part.number(), range.getLong(1), range.getLong(2), range.getLong(3));
            }
        }
    }

    private List<TypeLayout> layoutsAfter(List<TypeLayout> parts, CatalogSnapshot before) {
        List<TypeLayout> layouts = new ArrayList<>();
        for (TypeLayout part : parts) {
            TypeLayout layout = before.type(part.environment(), part.name());
            if (layout != null) {
                layouts.add(layout.folded(part, main.table(layout)));
            }
        }
        return layouts;
    }

    private void dropRecent(List<TypeLayout> parts) throws SQLException {
        Set<String> tables = new LinkedHashSet<>();
        for (TypeLayout part : parts) {
            part.rows().forEach(table -> tables.add(table.name()));
            tables.addAll(part.dead());
        }
        for (String table : tables) {
            Database.execute(connection, "DROP TABLE " + table);
        }
    }

    private void writePosition(long throughSequence, List<String> keyFiles) throws SQLException {
        Database.execute(connection, "UPDATE position SET folded = " + throughSequence);
        Database.execute(connection, "DELETE FROM key_files");
        int place = 0;
        for (String name : keyFiles) {
            try (PreparedStatement statement = connection.prepareStatement("INSERT INTO key_files VALUES (?, ?)")) {
                statement.setInt(1, place++);
                statement.setString(2, name);
                statement.execute();
            }
        }
    }

    private void inTransaction(Catalog.Commit work) throws SQLException {
        Database.execute(connection, "BEGIN");
        try {
            work.run();
            Database.execute(connection, "COMMIT");
        } catch (SQLException | RuntimeException e) {
            Database.execute(connection, "ROLLBACK");
            throw e;
        }
    }
}
