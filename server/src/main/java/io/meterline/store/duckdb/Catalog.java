package io.meterline.store.duckdb;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The event types: as the applying thread sees them grow, and as readers see them.
 *
 * <p>A commit that adds a table or moves rows from one to another happens together with {@link #change the change} of what
 * readers see, and not while a reader is {@link #beginning}: between taking the snapshot and its first statement, which
 * fixes the moment that it sees of both databases.
 */
final class Catalog {

    private final List<TypeTables> types = new ArrayList<>();
    private final Map<CatalogSnapshot.TypeName, TypeTables> byName = new HashMap<>();
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final MainCommits mainCommits = new MainCommits();
    private volatile CatalogSnapshot published = new CatalogSnapshot(Map.of());

    /** The event types, and the tables that hold rows, as of the last commit that changed any. */
    CatalogSnapshot published() {
        return published;
    }

    /** Held by a reader from before it takes {@link #published} until its first statement was prepared. */
    Lock beginning() {
        return lock.readLock();
    }

    /** What every commit to the main tables, and every statement that reads them, goes through. */
    MainCommits mainCommits() {
        return mainCommits;
    }

    /** Commits, and shows readers these types as they are then. */
    void change(Commit commit, Layouts layouts) throws SQLException {
        lock.writeLock().lock();
        try {
            commit.run();
            published = published.with(layouts.after(published));
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** The type of a name, which gets its number here. For the applying thread. */
    TypeTables tables(CatalogSnapshot.TypeName name) {
        TypeTables tables = byName.get(name);
        if (tables == null) {
            tables = new TypeTables(types.size(), name);
            types.add(tables);
            byName.put(name, tables);
        }
        return tables;
    }

    /** The type of a number. For the applying thread. */
    TypeTables tables(int number) {
        return types.get(number);
    }

    /** Makes a moment durable or visible. */
    interface Commit {
        void run() throws SQLException;
    }

    /** The types that changed, given all as they were. */
    interface Layouts {
        Collection<TypeLayout> after(CatalogSnapshot before);
    }
}
