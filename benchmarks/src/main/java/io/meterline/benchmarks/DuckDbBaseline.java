package io.meterline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** The same rows in a DuckDB file, by its own means: an appender for each type, 20,000 rows a commit, its own log. */
final class DuckDbBaseline implements AutoCloseable {

    private static final int ROWS_A_COMMIT = 20_000;

    private final Path folder;
    private final DuckDBConnection connection;
    private final Workload workload;

    private DuckDbBaseline(Bench bench, Workload workload) throws IOException, SQLException {
        this.workload = workload;
        folder = Files.createTempDirectory(bench.folder(), "meterline-bench-duckdb-");
        connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("rows.duckdb"))
                .unwrap(DuckDBConnection.class);
    }

    /** Rows a second of so many rows. */
    static double append(Bench bench, Workload workload, long rows) throws IOException, SQLException {
        try (DuckDbBaseline baseline = new DuckDbBaseline(bench, workload)) {
            long start = System.nanoTime();
            baseline.append(rows);
            return rows / ((System.nanoTime() - start) / 1e9);
        }
    }

    /** Tables that hold so many rows, ordered by customer and time. */
    static DuckDbBaseline ordered(Bench bench, Workload workload, long rows) throws IOException, SQLException {
        DuckDbBaseline baseline = new DuckDbBaseline(bench, workload);
        baseline.append(rows);
        try (Statement statement = baseline.connection.createStatement()) {
            for (int type = 0; type < workload.types(); type++) {
                statement.execute("CREATE TABLE %1$s_ordered AS SELECT * FROM %1$s ORDER BY customer, ts"
                        .formatted(Workload.typeName(type)));
            }
            statement.execute("CHECKPOINT");
        }
        return baseline;
    }

    DuckDBConnection connection() {
        return connection;
    }

    private void append(long rows) throws SQLException {
        List<String> names = workload.propertyNames();
        try (Statement statement = connection.createStatement()) {
            StringBuilder columns = new StringBuilder("customer BIGINT, ts BIGINT, id VARCHAR");
            names.forEach(name -> columns.append(", ").append(name).append(' ').append(columnType(name)));
            for (int type = 0; type < workload.types(); type++) {
                statement.execute("CREATE TABLE " + Workload.typeName(type) + " (" + columns + ")");
            }
        }
        connection.setAutoCommit(false);
        for (long from = 0; from < rows; from += ROWS_A_COMMIT) {
            commit(from, Math.min(rows, from + ROWS_A_COMMIT), names);
        }
        connection.setAutoCommit(true);
    }

    private void commit(long from, long to, List<String> names) throws SQLException {
        DuckDBAppender[] appenders = new DuckDBAppender[workload.types()];
        for (long i = from; i < to; i++) {
            int type = workload.type(i);
            if (appenders[type] == null) {
                appenders[type] = connection.createAppender("main", Workload.typeName(type));
            }
            row(appenders[type], i, names);
        }
        for (DuckDBAppender appender : appenders) {
            if (appender != null) {
                appender.close();
            }
        }
        connection.commit();
    }

    private void row(DuckDBAppender out, long index, List<String> names) throws SQLException {
        long micros = (workload.months().start(0) + workload.second(index, 0)) * 1_000_000;
        out.beginRow().append((long) workload.customer(index)).append(micros).append(Workload.recordId(index));
        for (String name : names) {
            switch (columnType(name)) {
                case "VARCHAR" -> out.append(name.equals("region") ? "eu-west-1" : name + "-0000000");
                case "BOOLEAN" -> out.append(true);
                default -> out.append(java.math.BigDecimal.valueOf(workload.amount(index, 0) * 10_000, 6));
            }
        }
        out.endRow();
    }

    private static String columnType(String property) {
        if (property.equals("cached")) {
            return "BOOLEAN";
        }
        return EventText.isText(property) ? "VARCHAR" : "DECIMAL(18,6)";
    }

    @Override
    public void close() throws SQLException, IOException {
        connection.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
