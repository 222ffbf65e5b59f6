package io.meterline.store.duckdb;

import io.meterline.store.key.KeyIndex;
import io.meterline.store.log.EventLog;
import java.io.IOException;
import java.sql.SQLException;
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
 * <p>It works on a thread of its own, on a generation of the recent tables that is complete.
 */
final class Folder {

    private static final Logger LOG = LoggerFactory.getLogger(Folder.class);
    private static final int MOST_FOLDS_WAITING = 3;
    private static final int MOST_CHECKPOINT_ATTEMPTS = 100;
    private static final long CHECKPOINT_RETRY_NANOS = 1_000_000;

    private final DuckDBConnection connection;
    private final KeyIndex index;
    private final RecentTables recent;
    private final RowMover rows;
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

    Folder(MainTables main, KeyIndex index, RecentTables recent, Catalog catalog, EventLog log, int foldRows) {
        this.connection = main.connection();
        this.index = index;
        this.recent = recent;
        this.log = log;
        this.foldRows = foldRows;
        this.merger = new RunMerger(connection, catalog.mainCommits());
        this.rows = new RowMover(main, catalog, merger);
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
        task = new Task(recent.turn(), appliedSequence);
        changed.signalAll();
    }

    private void run() {
        Task next;
        while ((next = nextTask()) != null) {
            try {
                fold(next);
            } catch (SQLException | IOException | RuntimeException | Error e) {
                failure = "Recent events cannot be moved into the main tables: " + e.getMessage();
                LOG.error("Recent events cannot be folded; what was accepted is in the log", e);
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
        rows.move(next.parts, next.throughSequence, index.fileNames());
        merger.merge(next.parts);
        if (checkpoint()) {
            retiredFiles.forEach(KeyIndex.Retired::delete);
            retiredFiles.clear();
            log.dropThrough(next.throughSequence);
        }
    }

    /**
     * Writes the database file as of now. DuckDB refuses while a transaction that has just ended is still being cleaned up;
     * then it is asked again, and in the end left to the next fold, which costs nothing but a longer log.
     */
    private boolean checkpoint() throws SQLException {
        for (int attempt = 1; attempt <= MOST_CHECKPOINT_ATTEMPTS; attempt++) {
            try {
                Database.execute(connection, "CHECKPOINT " + Database.EVENTS);
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

    /**
     * What to fold.
     *
     * @param throughSequence the last sequence that is in it or was folded before
     */
    private record Task(List<TypeLayout> parts, long throughSequence) {}
}
