package io.meterline.store.duckdb;

import io.meterline.store.StoreFailedException;
import java.sql.SQLException;
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
        try (Moment moment = new Moment(connection, catalog)) {
            return query.run(moment);
        } catch (SQLException e) {
            throw new StoreFailedException("The event database could not answer.", e);
        } finally {
            connections.add(connection);
        }
    }

    /** A read of one moment. */
    interface Query<T> {
        T run(Moment moment) throws SQLException;
    }
}
