package io.meterline.store.duckdb;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.duckdb.DuckDBConnection;

/**
 * Keeps the ordered runs of the main tables few: each fold adds a run, and small neighbours are rewritten into a larger
 * one. Runs do not grow beyond {@value #MOST_ROWS} rows, so that a merge is short.
 */
final class RunMerger {

    private static final long MOST_ROWS = 4_000_000;
    private static final int FEWEST_RUNS = 6;
    private static final int MERGE_FACTOR = 3;

    private final DuckDBConnection connection;
    private final MainCommits commits;

    RunMerger(DuckDBConnection connection, MainCommits commits) {
        this.connection = connection;
        this.commits = commits;
    }

    void addRun(int type, long firstSequence, long lastSequence, long rows) throws SQLException {
        Database.execute(
                connection,
                "INSERT INTO runs VALUES (%d, %d, %d, %d)".formatted(type, firstSequence, lastSequence, rows));
    }

    /** Merges the runs of these types where there are many small ones. */
    void merge(Collection<TypeLayout> types) throws SQLException {
        for (TypeLayout layout : types) {
            List<Run> runs = smallNewest(runs(layout.number()));
            if (runs.size() >= FEWEST_RUNS) {
                merge(layout, runs);
            }
        }
    }

    private List<Run> smallNewest(List<Run> runs) {
        int from = runs.size();
        long rows = 0;
        while (from > 0
                && rows + runs.get(from - 1).rows <= MOST_ROWS
                && (rows == 0 || runs.get(from - 1).rows <= MERGE_FACTOR * rows)) {
            from--;
            rows += runs.get(from).rows;
        }
        return runs.subList(from, runs.size());
    }

    private void merge(TypeLayout layout, List<Run> runs) throws SQLException {
        long first = runs.getFirst().firstSequence;
        long last = runs.getLast().lastSequence;
        String range = "seq BETWEEN " + first + " AND " + last;
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            ResultSet end = statement.executeQuery("SELECT max(rowid) FROM " + layout.main());
            end.next();
            long lastRow = end.getLong(1);
            statement.execute("INSERT INTO " + layout.main() + " SELECT * FROM " + layout.main() + " WHERE " + range
                    + " ORDER BY customer, ts, seq");
            statement.execute("DELETE FROM " + layout.main() + " WHERE " + range + " AND rowid <= " + lastRow);
            statement.execute("DELETE FROM runs WHERE type = " + layout.number() + " AND first_seq >= " + first);
            addRun(
                    layout.number(),
                    first,
                    last,
                    runs.stream().mapToLong(Run::rows).sum());
            commits.run(() -> statement.execute("COMMIT"));
        } catch (SQLException e) {
            Database.execute(connection, "ROLLBACK");
            throw e;
        }
    }

    private List<Run> runs(int type) throws SQLException {
        List<Run> runs = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT first_seq, last_seq, row_count FROM runs WHERE type = "
                        + type + " ORDER BY first_seq")) {
            while (rows.next()) {
                runs.add(new Run(rows.getLong(1), rows.getLong(2), rows.getLong(3)));
            }
        }
        return runs;
    }

    private record Run(long firstSequence, long lastSequence, long rows) {}
}
