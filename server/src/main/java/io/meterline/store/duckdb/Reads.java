package io.meterline.store.duckdb;

import io.meterline.store.OverloadedException;
import io.meterline.store.StoreFailedException;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * Runs reads, each on one consistent moment of the database that includes all that was durable before.
 *
 * <p>DuckDB's calls are native and would pin a virtual thread, so they run on threads of their own, one connection each.
 */
final class Reads implements AutoCloseable {

    private final ThreadPoolExecutor threads;
    private final BlockingQueue<DuckDBConnection> connections;
    private final Catalog catalog;
    private final Runnable catchUp;

    /**
     * Opens the connections.
     *
     * @param catchUp waits until everything counts that was durable when it is called
     * @param readers how many reads run at once
     * @param waiting how many more may wait
     * @param streaming whether results come piece by piece instead of whole, which is slower for small ones; one result of
     *     a read is then read to its end before the next
     */
    Reads(Database database, Catalog catalog, Runnable catchUp, int readers, int waiting, boolean streaming)
            throws SQLException {
        this.catalog = catalog;
        this.catchUp = catchUp;
        this.connections = new ArrayBlockingQueue<>(readers);
        for (int i = 0; i < readers; i++) {
            DuckDBConnection connection = database.connect();
            connection.setAutoCommit(true);
            if (streaming) {
                Database.execute(connection, "SET SESSION " + DuckDBDriver.JDBC_STREAM_RESULTS + " = true");
            }
            connections.add(connection);
        }
        this.threads = new ThreadPoolExecutor(
                readers,
                readers,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waiting),
                Thread.ofPlatform()
                        .name(streaming ? "events-scan-" : "events-read-", 0)
                        .factory());
    }

    /**
     * Runs a read and waits for its answer. Throws {@link OverloadedException} when too many wait already, {@link
     * StoreFailedException} when the database fails.
     */
    <T> T read(Query<T> query) {
        catchUp.run();
        try {
            return CompletableFuture.supplyAsync(() -> onConnection(query), threads)
                    .join();
        } catch (RejectedExecutionException e) {
            throw new OverloadedException("More is being asked than can be answered. Ask again after a second.");
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** How many reads wait for a thread. */
    int waiting() {
        return threads.getQueue().size();
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
