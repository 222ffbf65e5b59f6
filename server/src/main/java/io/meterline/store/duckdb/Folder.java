package io.meterline.store.duckdb;

import io.meterline.store.key.KeyIndex;
import io.meterline.store.log.EventLog;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves recent rows into the main tables, in order of customer and time, so that a read of one customer touches few of
 * them, and deletes rows that were beaten. Then it checkpoints, and drops the part of the log that is no longer needed.
 *
 * <p>It works on a thread of its own, on the side of the recent tables that is not being appended to.
 */
final class Folder {

    private static final Logger LOG = LoggerFactory.getLogger(Folder.class);
    private static final int MOST_FOLDS_WAITING = 3;
    private static final int MOST_CHECKPOINT_ATTEMPTS = 100;
    private static final long CHECKPOINT_RETRY_NANOS = 1_000_000;

    private final DuckDBConnection connection;
    private final KeyIndex index;
    private final RecentRows recent;
    private final FoldLocks locks;
    private final EventLog log;
    private final int foldRows;
    private final RunMerger merger;
    private final List<KeyIndex.Retired> retiredFiles = new ArrayList<>();
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Task task;
    private boolean closing;
    private volatile @Nullable String failure;

    Folder(
            DuckDBConnection connection,
            KeyIndex index,
            RecentRows recent,
            FoldLocks locks,
            EventLog log,
            int foldRows) {
        this.connection = connection;
        this.index = index;
        this.recent = recent;
        this.locks = locks;
        this.log = log;
        this.foldRows = foldRows;
        this.merger = new RunMerger(connection);
        this.thread = Thread.ofPlatform().name("events-fold").start(this::run);
    }

    /**
     * Starts a fold when there is enough to fold. Called by the applying thread between two transactions; it waits when
     * the last fold has not ended and three times as much has come, so that recent rows stay few.
     */
    void considerFold(long appliedSequence) {
        if (Math.max(recent.rows(), index.recentKeys()) < foldRows) {
            return;
        }
        lock.lock();
        try {
            while (recent.rows() >= MOST_FOLDS_WAITING * foldRows && task != null && failure == null) {
                changed.awaitUninterruptibly();
            }
            if (task == null && failure == null) {
                begin(appliedSequence);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Folds whatever there is and waits for it. Called when nothing is being applied. */
    void foldAll(long appliedSequence) {
        lock.lock();
        try {
            while (task != null) {
                changed.awaitUninterruptibly();
            }
            if (failure == null) {
                begin(appliedSequence);
            }
            while (task != null) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Why nothing is folded any more, or null. */
    @Nullable
    String problem() {
        return failure;
    }

    /** Ends the fold that is going on and stops. */
    void stop() throws InterruptedException {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        thread.join();
    }

    private void begin(long appliedSequence) {
        index.freeze();
        RecentRows.Side side = recent.turn();
        task = new Task(
                side.letter(), side.types().stream().map(TypeTables::layout).toList(), appliedSequence);
        changed.signalAll();
    }

    private void run() {
        Task next;
        while ((next = nextTask()) != null) {
            try {
                fold(next);
            } catch (SQLException | IOException | RuntimeException e) {
                failure = "Recent events cannot be moved into the main tables: " + e.getMessage();
                LOG.error("Recent events cannot be folded; figures stay exact, the log grows. Restart the server", e);
            }
            finished();
        }
    }

    private @Nullable Task nextTask() {
        lock.lock();
        try {
            while (task == null && !closing) {
                changed.awaitUninterruptibly();
            }
            return task;
        } finally {
            lock.unlock();
        }
    }

    private void finished() {
        lock.lock();
        try {
            task = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fold(Task next) throws SQLException, IOException {
        index.writeFrozen();
        retiredFiles.addAll(index.merge());
        locks.whileFolding(() -> {
            inTransaction(() -> {
                for (TypeLayout layout : next.types) {
                    fold(layout, next);
                }
                writeKeyFiles(next);
            });
            merger.merge(next.types);
        });
        if (checkpoint()) {
            retiredFiles.forEach(KeyIndex.Retired::delete);
            retiredFiles.clear();
            log.dropThrough(next.throughSequence);
        }
    }

    private void fold(TypeLayout layout, Task next) throws SQLException {
        String recentTable = layout.recent(next.side);
        try (Statement statement = connection.createStatement()) {
            ResultSet range = statement.executeQuery("SELECT min(seq), max(seq), count(*) FROM " + recentTable);
            range.next();
            if (range.getLong(3) > 0) {
                merger.addRun(layout.number(), range.getLong(1), range.getLong(2), range.getLong(3));
            }
            statement.execute("INSERT INTO " + layout.main() + " SELECT * FROM " + recentTable + " ANTI JOIN "
                    + layout.dead() + " USING (seq) ORDER BY customer, ts, seq");
            statement.execute("DELETE FROM " + layout.main() + " WHERE seq IN (SELECT seq FROM " + layout.dead() + ")");
            statement.execute("DELETE FROM " + layout.dead() + " WHERE seq <= " + next.throughSequence);
            statement.execute("DELETE FROM " + recentTable);
        }
    }

    private void writeKeyFiles(Task next) throws SQLException {
        Database.execute(connection, "DELETE FROM removed_keys WHERE seq <= " + next.throughSequence);
        Database.execute(connection, "DELETE FROM key_files");
        int place = 0;
        for (String name : index.fileNames()) {
            try (PreparedStatement statement = connection.prepareStatement("INSERT INTO key_files VALUES (?, ?)")) {
                statement.setInt(1, place++);
                statement.setString(2, name);
                statement.execute();
            }
        }
    }

    /**
     * Writes the database file as of now. DuckDB refuses while a transaction that has just ended is still being cleaned up;
     * then it is asked again, and in the end left to the next fold, which costs nothing but a longer log.
     */
    private boolean checkpoint() throws SQLException {
        for (int attempt = 1; attempt <= MOST_CHECKPOINT_ATTEMPTS; attempt++) {
            try {
                locks.whileCheckpointing(() -> Database.execute(connection, "CHECKPOINT " + Database.NAME));
                return true;
            } catch (SQLException e) {
                if (!String.valueOf(e.getMessage()).contains("write transactions active")) {
                    throw e;
                }
                LockSupport.parkNanos(CHECKPOINT_RETRY_NANOS);
            }
        }
        LOG.info("A checkpoint was put off to the next fold; another transaction was active");
        return false;
    }

    private void inTransaction(FoldLocks.Work work) throws SQLException {
        Database.execute(connection, "BEGIN");
        try {
            work.run();
            Database.execute(connection, "COMMIT");
        } catch (SQLException | RuntimeException e) {
            Database.execute(connection, "ROLLBACK");
            throw e;
        }
    }

    /**
     * What to fold.
     *
     * @param types those with something on the side, or with beaten rows
     * @param throughSequence the last sequence that is on the side or was folded before
     */
    private record Task(char side, List<TypeLayout> types, long throughSequence) {}
}
