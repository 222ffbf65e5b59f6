package io.meterline.store.duckdb;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

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
     * @param throughSequence the last sequence that was in it or before
     * @param keyFiles the files of the key index that hold everything up to there, oldest first
     */
    void move(List<GenerationPart> parts, long throughSequence, List<String> keyFiles) throws SQLException {
        writeCatalogue(parts);
        moveRows(parts, throughSequence, keyFiles);
        dropRecent(parts);
    }

    /** In transactions of its own: a column that is there before its rows harms no reader. */
    private void writeCatalogue(List<GenerationPart> parts) throws SQLException {
        for (GenerationPart part : parts) {
            if (!main.isWritten(part.layout())) {
                inTransaction(() -> main.write(part.layout()));
            }
        }
    }

    private void moveRows(List<GenerationPart> parts, long throughSequence, List<String> keyFiles) throws SQLException {
        Database.execute(connection, "BEGIN");
        try {
            for (GenerationPart part : parts) {
                moveRows(part);
            }
            writePosition(throughSequence, keyFiles);
            catalog.change(() -> Database.execute(connection, "COMMIT"), before -> layoutsAfter(parts, before));
        } catch (SQLException | RuntimeException e) {
            Database.execute(connection, "ROLLBACK");
            throw e;
        }
    }

    private void moveRows(GenerationPart part) throws SQLException {
        TypeLayout layout = part.layout();
        String rows = part.rows();
        if (rows != null) {
            addRun(layout, rows);
            String columns = TypeLayout.FIXED_NAMES + layout.columns(0, part.columns());
            String beaten = part.dead() == null ? "" : " ANTI JOIN " + part.dead() + " USING (seq)";
            Database.execute(
                    connection,
                    "INSERT INTO " + layout.main() + " (" + columns + ") SELECT " + columns + " FROM " + rows + beaten
                            + " ORDER BY customer, ts, seq");
        }
        if (part.dead() != null) {
            Database.execute(
                    connection, "DELETE FROM " + layout.main() + " WHERE seq IN (SELECT seq FROM " + part.dead() + ")");
        }
    }

    private void addRun(TypeLayout layout, String rows) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet range = statement.executeQuery("SELECT min(seq), max(seq), count(*) FROM " + rows)) {
            range.next();
            if (range.getLong(3) > 0) {
                runs.addRun(layout.number(), range.getLong(1), range.getLong(2), range.getLong(3));
            }
        }
    }

    private List<TypeLayout> layoutsAfter(List<GenerationPart> parts, CatalogSnapshot before) {
        List<TypeLayout> layouts = new ArrayList<>();
        for (GenerationPart part : parts) {
            TypeLayout layout =
                    before.type(part.layout().environment(), part.layout().name());
            if (layout != null) {
                layouts.add(layout.folded(part, main.table(layout)));
            }
        }
        return layouts;
    }

    private void dropRecent(List<GenerationPart> parts) throws SQLException {
        for (GenerationPart part : parts) {
            for (String table : new @Nullable String[] {part.rows(), part.dead()}) {
                if (table != null) {
                    Database.execute(connection, "DROP TABLE " + table);
                }
            }
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
