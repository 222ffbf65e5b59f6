package io.meterline.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.PGConnection;
import tools.jackson.databind.JsonNode;

/** A run of a loader over a table of 5 columns in a real PostgreSQL, against copying the same query to nothing. */
final class PullBenchmark {

    private static final String QUERY =
            "SELECT id, customer AS \"customerId\", at AS timestamp, amount, region FROM usage";

    private final Bench bench;
    private final long rows;

    PullBenchmark(Bench bench) {
        this.bench = bench;
        this.rows = bench.rowsOr(2_000_000);
    }

    void run() throws IOException, InterruptedException, SQLException {
        Report report = bench.report();
        try (EmbeddedPostgres postgres = PostgresBaseline.start();
                Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE usage (id text PRIMARY KEY, customer text, at timestamptz,"
                    + " amount numeric(12,2), region text)");
            statement.execute(
                    """
                    INSERT INTO usage SELECT 'txn_' || lpad(g::text, 26, '0'),
                      'customer-' || lpad((hashint8(g) & 2147483647) %% %1$d || '', 8, '0'),
                      timestamptz '%2$s' + g * interval '90 days' / %3$d,
                      1000 + (hashint8(g * 7) & 2147483647) %% 900000 / 100.0, 'eu-west-1'
                    FROM generate_series(1, %3$d) g
                    """.formatted(Workload.CUSTOMERS, bench.workload(1).months().text(0), rows));
            statement.execute("VACUUM ANALYZE usage");
            double copied = rows / copy(connection);
            try (Bench.Fresh fresh = bench.fresh();
                    Api api = new Api(fresh.port())) {
                double rate = pull(fresh, api, postgres.getPort());
                verify(api, statement);
                report.add("pull: until nothing is pending", rate, "rows/s");
                report.add("baseline: COPY to nothing", copied, "rows/s");
                report.ratio("pull / COPY to nothing", rate, copied);
            }
        }
    }

    private double copy(Connection connection) throws SQLException, IOException {
        long start = System.nanoTime();
        long count = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (" + QUERY + ") TO STDOUT", OutputStream.nullOutputStream());
        if (count != rows) {
            throw new IllegalStateException("copied " + count);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private double pull(Bench.Fresh fresh, Api api, int postgresPort) throws IOException, InterruptedException {
        Report report = bench.report();
        String connection = api.post(
                        "/v1/connections",
                        "{\"name\":\"source\",\"host\":\"localhost\",\"port\":%d,\"database\":\"postgres\",\"user\":\"postgres\",\"password\":\"postgres\"}"
                                .formatted(postgresPort))
                .path("id")
                .asString();
        Processors processors = new Processors();
        long start = System.nanoTime();
        long cpu = fresh.server().cpuMillis();
        JsonNode loader = api.post(
                "/v1/loaders",
                "{\"name\":\"usage\",\"connection_id\":\"%s\",\"event_type\":\"pulled\",\"refresh\":\"manual\",\"query\":\"%s\"}"
                        .formatted(connection, QUERY.replace("\"", "\\\"")));
        String path = "/v1/loaders/" + loader.path("id").asString() + "/runs/"
                + loader.at("/last_run/id").asString();
        AtomicLong halfway = new AtomicLong();
        Polls.until(Duration.ofHours(1), Duration.ofMillis(50), () -> {
            JsonNode run = api.get(path);
            String status = run.path("status").asString();
            if (status.equals("succeeded")) {
                return run;
            }
            if (!status.equals("queued") && !status.equals("running")) {
                throw new IllegalStateException("the run " + run);
            }
            if (halfway.get() == 0 && run.path("rows_read").asLong() > rows / 2) {
                halfway.set(fresh.server().memoryMiB("VmHWM"));
            }
            return null;
        });
        // A figure is answered when nothing is pending.
        total(api);
        double seconds = (System.nanoTime() - start) / 1e9;
        report.add("pull: processors taken by others", processors.percentTakenByOthers(), "%");
        report.add("pull: server CPU per row", (fresh.server().cpuMillis() - cpu) * 1e3 / rows, "us");
        report.add("pull: server memory, highest until half of the rows", halfway.get(), "MiB");
        report.add("pull: server memory, highest", fresh.server().memoryMiB("VmHWM"), "MiB");
        return rows / seconds;
    }

    private JsonNode total(Api api) throws IOException {
        return api.post(
                "/v1/usage/query",
                "{\"aggregator\":{\"event_type\":\"pulled\",\"operation\":\"sum\",\"property\":\"amount\"},\"mode\":\"all_time\",\"to\":\"%s\"}"
                        .formatted(bench.workload(1).months().text(Workload.MONTHS)));
    }

    private void verify(Api api, Statement statement) throws IOException, SQLException {
        try (ResultSet sum = statement.executeQuery("SELECT count(*), sum(amount) FROM usage")) {
            sum.next();
            BigDecimal hundredths = sum.getBigDecimal(2).movePointRight(2);
            Api.same("pulled", new Ledger.Total(sum.getLong(1), hundredths.longValueExact()), total(api));
        }
    }
}
