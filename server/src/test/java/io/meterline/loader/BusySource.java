package io.meterline.loader;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of its own that writers insert into and update all the time, and that can be restarted.
 *
 * <p>Its users are {@code watcher}, who may see all sessions, and {@code plain}, who may not. The first ten rows are left
 * to one transaction that stays open.
 */
final class BusySource implements AutoCloseable {

    private static final int WRITERS = 3;

    // What reads beside them shall get something of the processors too.
    private static final long BETWEEN_TRANSACTIONS_NANOS = 2_000_000;

    private static final String INSERT = """
            INSERT INTO usage (customer, amount, created_at, updated_at)
            SELECT (random() * 96)::int, round((random() * 100)::numeric, 4), now(), %s FROM generate_series(1, ?)""";
    private static final String UPDATE = """
            UPDATE usage SET amount = amount + 0.0001, version = version + 1, updated_at = %s, change = nextval('changes')
            WHERE id BETWEEN ? AND ?""";

    private final Path folder;
    private final AtomicInteger committed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private EmbeddedPostgres postgres;
    private volatile boolean writing;
    private @Nullable Connection open;

    BusySource(Path folder, int rows) {
        this.folder = folder;
        this.postgres = start(0);
        execute("CREATE SEQUENCE changes");
        execute("""
                CREATE TABLE usage (id bigserial PRIMARY KEY, customer int, amount numeric, version int DEFAULT 0,
                    created_at timestamptz, updated_at timestamptz, change bigint DEFAULT nextval('changes'))""");
        execute("""
                INSERT INTO usage (customer, amount, created_at, updated_at)
                SELECT g %% 97, g * 0.0137, timestamptz '2026-01-01' + g * interval '1 s', now()
                FROM generate_series(1, %d) g""".formatted(rows));
        execute("CREATE INDEX ON usage (updated_at)");
        execute("CREATE INDEX ON usage (change)");
        execute("ANALYZE usage");
        execute("CREATE ROLE watcher LOGIN");
        execute("CREATE ROLE plain LOGIN");
        execute("GRANT pg_read_all_stats TO watcher");
        execute("GRANT SELECT ON usage TO watcher, plain");
    }

    private EmbeddedPostgres start(int port) {
        try {
            EmbeddedPostgres.Builder builder =
                    EmbeddedPostgres.builder().setDataDirectory(folder).setCleanDataDirectory(false);
            return port == 0 ? builder.start() : builder.setPort(port).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return postgres.getPort();
    }

    /** Transactions of the writers so far. */
    int committed() {
        return committed.get();
    }

    /** Transactions of the writers that a restart ended. */
    int failed() {
        return failed.get();
    }

    void startWriting(long seed) {
        writing = true;
        for (int i = 0; i < WRITERS; i++) {
            Random random = new Random(seed + i);
            threads.execute(() -> {
                while (writing) {
                    write(random);
                }
            });
        }
    }

    private void write(Random random) {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            while (writing) {
                // The time of the transaction's start, or of the row.
                String time = random.nextBoolean() ? "now()" : "clock_timestamp()";
                if (random.nextInt(3) == 0) {
                    run(connection, INSERT.formatted(time), 1 + random.nextInt(20), null);
                } else {
                    int first = 11 + random.nextInt(9_000);
                    run(connection, UPDATE.formatted(time), first, first + random.nextInt(20));
                }
                connection.commit();
                committed.incrementAndGet();
                LockSupport.parkNanos(BETWEEN_TRANSACTIONS_NANOS);
            }
        } catch (SQLException e) {
            failed.incrementAndGet();
        }
    }

    private static void run(Connection connection, String sql, int first, @Nullable Integer second)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, first);
            if (second != null) {
                statement.setInt(2, second);
            }
            statement.execute();
        }
    }

    /** Begins a transaction that inserts 50 rows and updates 10, and does not commit. */
    void beginLate() {
        try {
            Connection connection = connect();
            connection.setAutoCommit(false);
            run(connection, INSERT.formatted("now()"), 50, null);
            run(connection, UPDATE.formatted("now()"), 1, 10);
            open = connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void commitLate() {
        try (Connection connection = open) {
            if (connection != null) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void stopWriting() throws InterruptedException {
        writing = false;
        threads.shutdown();
        if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("a writer did not end");
        }
    }

    /** Ends every connection, and starts anew on the same port and files. */
    void restart() throws IOException {
        int port = postgres.getPort();
        postgres.close();
        postgres = start(port);
    }

    /** The first column of every row. */
    List<String> query(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    @Override
    public void close() throws IOException {
        writing = false;
        threads.shutdownNow();
        postgres.close();
    }
}
