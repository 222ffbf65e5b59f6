package io.meterline.store.duckdb;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps commits to the main tables and statements that read them apart.
 *
 * <p>DuckDB joins the rows of a large insert to a table while it commits, and a statement that begins in that instant sees
 * them although its transaction is older: rows that a merge has rewritten would count twice. See
 * docs/internals/decisions.md.
 *
 * <p>A commit is patient: while it waits for running statements no other can begin, so it gives up after a short time and
 * lets the waiting ones through, until it has been put off for long enough.
 */
final class MainCommits {

    private static final long WAIT_MILLIS = 20;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(30);
    private static final int MOST_ATTEMPTS = 200;

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /** Held while a statement is executed, but not while its result is read piece by piece. */
    Lock reading() {
        return lock.readLock();
    }

    /** Commits when no statement is being executed. */
    void run(Catalog.Commit commit) throws SQLException {
        lockPatiently();
        try {
            commit.run();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void lockPatiently() {
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            try {
                if (lock.writeLock().tryLock(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        lock.writeLock().lock();
    }
}
