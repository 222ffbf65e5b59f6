package io.meterline.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The same rows in a PostgreSQL that keeps them through a power cut: copied to a staging table and merged from there,
 * 20,000 a commit, with the two indexes that the figures need.
 */
final class PostgresBaseline {

    private static final int ROWS_A_COMMIT = 20_000;

    private PostgresBaseline() {}

    /** A server that syncs its log at each commit; the defaults of the embedded one are those of tests. */
    static EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "1GB")
                .setServerConfig("max_wal_size", "4GB")
                .start();
    }

    /** Rows a second of so many rows. */
    static double upsert(Workload workload, long rows) throws IOException, SQLException {
        try (EmbeddedPostgres postgres = start();
                Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet fsync = statement.executeQuery("SHOW fsync")) {
                if (!fsync.next() || !fsync.getString(1).equals("on")) {
                    throw new IllegalStateException("the baseline must be durable");
                }
            }
            List<String> names = workload.propertyNames();
            StringBuilder columns = new StringBuilder("event_type text, id text, customer bigint, ts bigint");
            names.forEach(name -> columns.append(", ").append(name).append(' ').append(columnType(name)));
            statement.execute("CREATE TABLE events (" + columns + ", PRIMARY KEY (event_type, id))");
            statement.execute("CREATE INDEX ON events (event_type, customer, ts)");
            statement.execute("CREATE TEMP TABLE staging (" + columns + ")");
            connection.setAutoCommit(false);
            long start = System.nanoTime();
            for (long from = 0; from < rows; from += ROWS_A_COMMIT) {
                copy(connection, workload, from, Math.min(rows, from + ROWS_A_COMMIT));
                statement.execute(merge(names));
                statement.execute("TRUNCATE staging");
                connection.commit();
            }
            return rows / ((System.nanoTime() - start) / 1e9);
        }
    }

    private static String merge(List<String> names) {
        StringBuilder sql =
                new StringBuilder("INSERT INTO events SELECT * FROM staging ON CONFLICT (event_type, id) DO UPDATE SET"
                        + " customer = excluded.customer, ts = excluded.ts");
        names.forEach(name -> sql.append(", %1$s = excluded.%1$s".formatted(name)));
        return sql.append(" WHERE excluded.ts >= events.ts").toString();
    }

    private static void copy(Connection connection, Workload workload, long from, long to) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY staging FROM STDIN");
        StringBuilder lines = new StringBuilder();
        for (long i = from; i < to; i++) {
            line(lines, workload, i);
            if (lines.length() > 60_000 || i == to - 1) {
                byte[] bytes = lines.toString().getBytes(StandardCharsets.US_ASCII);
                copy.writeToCopy(bytes, 0, bytes.length);
                lines.setLength(0);
            }
        }
        copy.endCopy();
    }

    private static void line(StringBuilder out, Workload workload, long index) {
        out.append(Workload.typeName(workload.type(index))).append('\t').append(Workload.recordId(index));
        out.append('\t').append(workload.customer(index)).append('\t');
        out.append((workload.months().start(0) + workload.second(index, 0)) * 1_000_000);
        for (String name : workload.propertyNames()) {
            out.append('\t');
            switch (columnType(name)) {
                case "text" -> out.append(name.equals("region") ? "eu-west-1" : name + "-0000000");
                case "boolean" -> out.append('t');
                default -> {
                    long amount = workload.amount(index, 0);
                    out.append(amount / 100)
                            .append('.')
                            .append(amount / 10 % 10)
                            .append(amount % 10);
                }
            }
        }
        out.append('\n');
    }

    private static String columnType(String property) {
        if (property.equals("cached")) {
            return "boolean";
        }
        return EventText.isText(property) ? "text" : "numeric";
    }
}
