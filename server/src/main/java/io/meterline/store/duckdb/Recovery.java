package io.meterline.store.duckdb;

import io.meterline.store.log.EventLog;
import io.meterline.store.log.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;

/** Brings the database from its last checkpoint up to the end of the log. */
final class Recovery {

    private static final int MOST_EVENTS_A_BATCH = 20_000;

    private Recovery() {}

    /** The last sequence that the database holds. */
    static long appliedSequence(DuckDBConnection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT applied FROM position")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Puts all recent rows on one side, the one that is appended to. */
    static void gatherRecentRows(DuckDBConnection connection, Catalog catalog, RecentRows recent) throws SQLException {
        for (TypeLayout layout : catalog.published().types().values()) {
            Database.execute(connection, "BEGIN");
            Database.execute(connection, "INSERT INTO " + layout.recent('a') + " SELECT * FROM " + layout.recent('b'));
            Database.execute(connection, "DELETE FROM " + layout.recent('b'));
            Database.execute(connection, "COMMIT");
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT (SELECT count(*) FROM " + layout.recent('a')
                            + ") + (SELECT count(*) FROM " + layout.dead() + ")")) {
                row.next();
                if (row.getInt(1) > 0) {
                    recent.added(catalog.tables(layout.number()), row.getInt(1));
                }
            }
        }
    }

    /** Applies the frames of the log that the database lacks. Returns the last sequence of the log. */
    static long replay(Path folder, BatchWriter writer) throws IOException, SQLException {
        Replay replay = new Replay(writer);
        try {
            long last = EventLog.replay(folder, writer.appliedSequence(), replay::add);
            replay.apply();
            return last;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static final class Replay {
        private final BatchWriter writer;
        private final List<Frame> frames = new ArrayList<>();
        private int events;

        Replay(BatchWriter writer) {
            this.writer = writer;
        }

        void add(Frame frame) {
            frames.add(frame);
            events += frame.change().size();
            if (events >= MOST_EVENTS_A_BATCH) {
                try {
                    apply();
                } catch (SQLException e) {
                    throw new UncheckedIOException(new IOException("The event log cannot be applied", e));
                }
            }
        }

        void apply() throws SQLException {
            if (!frames.isEmpty()) {
                writer.apply(frames);
                frames.clear();
                events = 0;
            }
        }
    }
}
