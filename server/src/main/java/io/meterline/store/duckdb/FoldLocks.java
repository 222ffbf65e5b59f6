package io.meterline.store.duckdb;

import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the applying and the folding thread out of each other's way in the database.
 *
 * <p>They may write side by side, since they write different tables, with two exceptions: a checkpoint allows no other
 * writing transaction, and a table that is being folded cannot get a column. Locks are always taken in the order folding,
 * writing.
 */
final class FoldLocks {

    private final ReentrantLock folding = new ReentrantLock();
    private final ReentrantLock writing = new ReentrantLock();

    /** Runs a writing transaction of the applying thread. */
    void whileWriting(boolean altersTables, Work work) throws SQLException {
        if (altersTables) {
            folding.lock();
        }
        writing.lock();
        try {
            work.run();
        } finally {
            writing.unlock();
            if (altersTables) {
                folding.unlock();
            }
        }
    }

    /** Runs a transaction that reads and writes the main tables. */
    void whileFolding(Work work) throws SQLException {
        folding.lock();
        try {
            work.run();
        } finally {
            folding.unlock();
        }
    }

    /** Runs a checkpoint. */
    void whileCheckpointing(Work work) throws SQLException {
        writing.lock();
        try {
            work.run();
        } finally {
            writing.unlock();
        }
    }

    /** Something that talks to the database. */
    interface Work {
        void run() throws SQLException;
    }
}
