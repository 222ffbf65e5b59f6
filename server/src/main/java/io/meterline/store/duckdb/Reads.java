package io.meterline.store.duckdb;

import io.meterline.store.StoreFailedException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.duckdb.DuckDBConnection;

/**
 * Runs reads, each on one consistent moment of the database that includes all that was durable before.
 *
 * <p>DuckDB's calls are native and would pin a virtual thread, so they run on threads of their own, one connection each.
 */
final class Reads implements AutoCloseable {

    private static final int MOST_ATTEMPTS = 100;

    private final ExecutorService threads;
    private final BlockingQueue<DuckDBConnection> connections;
    private final Catalog catalog;
    private final Committer committer;
    private final Applier applier;

    Reads(Database database, Catalog catalog, Committer committer, Applier applier, int readers) throws SQLException {
        this.catalog = catalog;
        this.committer = committer;
        this.applier = applier;
        this.connections = new ArrayBlockingQueue<>(readers);
        for (int i = 0; i < readers; i++) {
            DuckDBConnection connection = database.connect();
            connection.setAutoCommit(true);
            connections.add(connection);
        }
        this.threads = Executors.newFixedThreadPool(
                readers, Thread.ofPlatform().name("events-read-", 0).factory());
    }

    /** Runs a read and waits for its answer. Throws {@link StoreFailedException} when the database fails. */
    <T> T read(Query<T> query) {
        applier.awaitApplied(committer.durableSequence());
        try {
            return CompletableFuture.supplyAsync(() -> onConnection(query), threads)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        threads.close();
    }

    private <T> T onConnection(Query<T> query) {
        DuckDBConnection connection = connections.remove();
        try {
            return atOneMoment(connection, query);
        } catch (SQLException e) {
            throw new StoreFailedException("The event database could not answer.", e);
        } finally {
            connections.add(connection);
        }
    }

    /**
     * The first statement of a transaction fixes the moment it sees. When a table or column was added just then, the SQL
     * would be written for another catalogue, and the read begins again.
     */
    private <T> T atOneMoment(DuckDBConnection connection, Query<T> query) throws SQLException {
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            Database.execute(connection, "BEGIN TRANSACTION READ ONLY");
            try {
                long version = catalogVersion(connection);
                CatalogSnapshot tables = catalog.published();
                if (tables.version() == version) {
                    return query.run(connection, tables);
                }
            } finally {
                Database.execute(connection, "ROLLBACK");
            }
            Thread.onSpinWait();
        }
        throw new SQLException("The catalogue of event types changed during " + MOST_ATTEMPTS + " attempts to read");
    }

    private static long catalogVersion(DuckDBConnection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT catalog_version FROM position")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** A read on a connection, with the tables as they are at its moment. */
    interface Query<T> {
        T run(DuckDBConnection connection, CatalogSnapshot tables) throws SQLException;
    }
}
