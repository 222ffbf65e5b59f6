package io.meterline.store.duckdb;

import io.meterline.store.log.EventLog;
import io.meterline.store.log.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Applies the end of the log, which the file lacks since its last checkpoint. */
final class Recovery {

    private static final int MOST_EVENTS_A_BATCH = 20_000;

    private Recovery() {}

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
