package io.meterline.control;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.meterline.event.RuleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfoService;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The control database in a SQLite file: one writing connection, a few reading ones.
 *
 * <p>What {@link #write} returned is durable ({@code synchronous=FULL}) and seen by every later {@link #read}. Both run
 * on threads of this class while the caller waits, so they may be called from virtual threads, but not from inside other
 * work: pass the handle on instead. When too many callers wait, both throw {@code RuleException} {@code overloaded}.
 */
public final class ControlDatabase implements AutoCloseable {

    private static final int MOST_CHECKPOINTS = 20;
    private static final Logger LOG = LoggerFactory.getLogger(ControlDatabase.class);
    private static final String FILE = "control.db";
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;
    private static final int SCHEDULING_CONNECTIONS = 3;
    private static final int CHECK_TIMEOUT_SECONDS = 2;

    private final Lane writer;
    private final Lane readers;
    private final HikariDataSource scheduling;

    private ControlDatabase(Lane writer, Lane readers, HikariDataSource scheduling) {
        this.writer = writer;
        this.readers = readers;
        this.scheduling = scheduling;
    }

    /** A piece of work in one transaction; throwing rolls it back and reaches the caller as it is. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T run(Handle handle);
    }

    /**
     * Whether rows can be written now.
     *
     * @param detail a sentence for the operator
     */
    public record Health(boolean writable, String detail) {}

    /**
     * Opens {@code control.db} in a folder, creating what is missing, and brings its tables up to date.
     *
     * @param readers reading connections, each with a thread
     * @param queue most pieces of work that wait, for reading and for writing each
     */
    public static ControlDatabase open(Path folder, int readers, int queue) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the data folder " + folder, e);
        }
        flyway(source(folder, SQLiteConfig.TransactionMode.DEFERRED)).migrate();
        return join(folder, readers, queue);
    }

    /** What stands in a folder, compared with what this version of Meterline would make. */
    public enum State {
        /** No control database. */
        MISSING,
        /** Not for this user of the machine. */
        UNREADABLE,
        /** Of an earlier version: {@link #open} would bring it up to date. */
        OLDER,
        CURRENT,
        /** Of a later version. */
        NEWER
    }

    /** What stands in a folder. Changes nothing. */
    public static State state(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Files.isReadable(folder) || !Files.exists(folder) ? State.MISSING : State.UNREADABLE;
        }
        if (!Files.isReadable(file) || !Files.isWritable(file)) {
            return State.UNREADABLE;
        }
        MigrationInfoService migrations =
                flyway(source(folder, SQLiteConfig.TransactionMode.DEFERRED)).info();
        boolean newer = Arrays.stream(migrations.applied())
                .anyMatch(it -> !it.getState().isResolved());
        if (newer) {
            return State.NEWER;
        }
        return migrations.pending().length > 0 ? State.OLDER : State.CURRENT;
    }

    /**
     * Opens what is {@link State#CURRENT}, also beside another process that has it open. Its tables stay as they are.
     *
     * @param readers as for {@link #open}
     * @param queue as for {@link #open}
     */
    public static ControlDatabase join(Path folder, int readers, int queue) {
        return new ControlDatabase(
                new Lane("write", source(folder, SQLiteConfig.TransactionMode.IMMEDIATE), 1, queue, null),
                new Lane(
                        "read",
                        source(folder, SQLiteConfig.TransactionMode.DEFERRED),
                        readers,
                        queue,
                        "PRAGMA query_only = ON"),
                scheduling(source(folder, SQLiteConfig.TransactionMode.IMMEDIATE)));
    }

    private static HikariDataSource scheduling(DataSource source) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName("control-scheduling");
        config.setMaximumPoolSize(SCHEDULING_CONNECTIONS);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    /**
     * Connections for the library that keeps due times, which runs statements of its own. Use them on platform threads:
     * SQLite's native code holds up virtual ones.
     */
    public DataSource scheduling() {
        return scheduling;
    }

    /** Reads in one transaction, so that several statements see one state. Writing in it fails. */
    public <T extends @Nullable Object> T read(Work<T> work) {
        return readers.call(work);
    }

    /** Writes in one transaction; it is durable when this returns. */
    public <T extends @Nullable Object> T write(Work<T> work) {
        return writer.call(work);
    }

    /**
     * Writes in one transaction without waiting for it: for notes whose loss does not matter, as the last use of a key.
     * A failure is logged. Dropped when too much is waiting.
     *
     * @param what names the work in the log
     */
    public void writeSoon(String what, Work<?> work) {
        try {
            var _ = writer.<@Nullable Object>submit(work::run).whenComplete((_, failure) -> {
                if (failure != null) {
                    LOG.warn("control database: {} failed", what, failure);
                }
            });
        } catch (RuleException e) {
            LOG.debug("control database: {} dropped: {}", what, e.sentence());
        }
    }

    /** Takes the write lock and gives it back. Waits at most two seconds. */
    public Health check() {
        try {
            writer.submit(handle ->
                            handle.createQuery("SELECT 1").mapTo(Integer.class).one())
                    .get(CHECK_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return new Health(true, "control database writable");
        } catch (TimeoutException e) {
            return new Health(false, "control database: writing has stalled");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Health(false, "control database: check interrupted");
        } catch (RuleException e) {
            return new Health(false, e.sentence());
        } catch (ExecutionException e) {
            LOG.warn("control database: check failed", e);
            return new Health(false, "control database: " + e.getMessage());
        }
    }

    /** Empties the write-ahead log into the database, so that nothing deleted is left in it. */
    public void emptyLog() {
        for (int attempt = 1; attempt <= MOST_CHECKPOINTS; attempt++) {
            int busy = writer.callOutside(handle -> handle.createQuery("PRAGMA wal_checkpoint(TRUNCATE)")
                    .map((row, _) -> row.getInt("busy"))
                    .one());
            if (busy == 0) {
                return;
            }
        }
        throw new RuleException(
                RuleException.Kind.OVERLOADED,
                "overloaded",
                "The control database is too busy to forget what was deleted. Repeat the request.");
    }

    @Override
    public void close() {
        scheduling.close();
        readers.close();
        writer.close();
    }

    private static DataSource source(Path folder, SQLiteConfig.TransactionMode mode) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        // What is deleted is overwritten.
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        config.setTransactionMode(mode);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + folder.resolve(FILE));
        return source;
    }

    private static Flyway flyway(DataSource source) {
        return Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/control")
                .placeholders(Map.of("identity", "INTEGER PRIMARY KEY AUTOINCREMENT"))
                .outOfOrder(true)
                .load();
    }
}
