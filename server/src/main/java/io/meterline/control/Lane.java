package io.meterline.control;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.meterline.event.RuleException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Some connections with a platform thread each, behind a bounded queue. Each piece of work is one transaction. */
final class Lane implements AutoCloseable {

    /** Tells work of a lane from its callers, who may be named anything. */
    private static final class Worker extends Thread {
        Worker(Runnable task, String name) {
            super(task, name);
            setDaemon(true);
        }
    }

    private final String name;
    private final HikariDataSource connections;
    private final Jdbi jdbi;
    private final ThreadPoolExecutor threads;

    Lane(String name, DataSource source, int size, int queue, @Nullable String connectionInitSql) {
        this.name = name;
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName("control-" + name);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(size);
        config.setMaxLifetime(0);
        if (connectionInitSql != null) {
            config.setConnectionInitSql(connectionInitSql);
        }
        this.connections = new HikariDataSource(config);
        this.jdbi = Jdbi.create(connections);
        this.threads = new ThreadPoolExecutor(
                size,
                size,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queue),
                task -> new Worker(task, "control-" + name));
    }

    <T extends @Nullable Object> T call(ControlDatabase.Work<T> work) {
        return result(submit(work));
    }

    private static <T extends @Nullable Object> T result(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            // The work's own exception, so that callers can tell a broken rule from a fault of ours.
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** The same for what SQLite does outside of transactions only. */
    <T extends @Nullable Object> T callOutside(ControlDatabase.Work<T> work) {
        return result(supply(() -> jdbi.withHandle(work::run)));
    }

    <T extends @Nullable Object> CompletableFuture<T> submit(ControlDatabase.Work<T> work) {
        return supply(() -> inTransaction(work));
    }

    private <T extends @Nullable Object> CompletableFuture<T> supply(Supplier<T> work) {
        if (Thread.currentThread() instanceof Worker) {
            throw new IllegalStateException("control database called from inside its own work: pass the handle on");
        }
        try {
            return CompletableFuture.supplyAsync(work, threads);
        } catch (RejectedExecutionException e) {
            throw new RuleException(
                    RuleException.Kind.OVERLOADED,
                    "overloaded",
                    "The control database has too much to do (%s). Try again in a second.".formatted(name));
        }
    }

    private <T extends @Nullable Object> T inTransaction(ControlDatabase.Work<T> work) {
        try {
            return jdbi.inTransaction(work::run);
        } catch (JdbiException e) {
            if (isDiskFull(e)) {
                throw new RuleException(
                        RuleException.Kind.OVERLOADED,
                        "disk_full",
                        "The server's disk is full, so nothing was changed. Send the request again when there is room.");
            }
            throw e;
        }
    }

    // SQLite rolls the transaction back as a whole.
    private static boolean isDiskFull(@Nullable Throwable e) {
        if (e instanceof SQLiteException sqlite) {
            return sqlite.getResultCode() == SQLiteErrorCode.SQLITE_FULL;
        }
        return e != null && isDiskFull(e.getCause());
    }

    /** Lets accepted work finish, then closes the connections. */
    @Override
    public void close() {
        threads.close();
        connections.close();
    }
}
