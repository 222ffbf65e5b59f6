package io.meterline.benchmarks;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;

/**
 * Usage over many events: of one customer in one month, at rest and while 20,000 events a second arrive of which 30 %
 * are corrections, and of all customers by month; memory and start on the way. Baseline: the same SQL on plain DuckDB
 * tables, one a type, ordered by customer and time.
 */
final class UsageBenchmark {

    private static final int READS = 2_000;
    private static final int WARM_UP_READS = 200;
    private static final int SCANS = 7;
    private static final Load.Shape ARRIVING = new Load.Shape(4, 500, 30, false, false, 20_000);
    private static final int READERS_BESIDE = 20;

    private final Bench bench;
    private final Workload workload;
    private final long rows;
    private final Report report;

    UsageBenchmark(Bench bench) {
        this.bench = bench;
        this.rows = bench.rowsOr(10_000_000);
        this.workload = bench.workload(rows);
        this.report = bench.report();
    }

    void run() throws IOException, InterruptedException, SQLException {
        long arriving = (long) ARRIVING.eventsPerSecond() * (bench.seconds() + 1);
        Ledger ledger = new Ledger(workload, rows + arriving);
        try (Bench.Fresh fresh = bench.fresh()) {
            report.add("start to ready, empty", fresh.server().readyMillis(), "ms");
            try (Api api = new Api(fresh.port())) {
                new Load(workload, ledger, fresh.port(), Load.Shape.batches().minimally(), 0, rows)
                        .run(Bench.NO_LIMIT_SECONDS);
                api.verify(workload, ledger);
            }
            report.add("server memory after the load, highest", fresh.server().memoryMiB("VmHWM"), "MiB");
            report.add("data folder", fresh.diskMiB(), "MiB");
            fresh.restart(bench.jar());
            report.add("start to ready, with the events", fresh.server().readyMillis(), "ms");
            try (Api api = new Api(fresh.port())) {
                String[] aggregators = new String[workload.types()];
                for (int type = 0; type < aggregators.length; type++) {
                    aggregators[type] = api.sumOf(type);
                }
                Processors atRest = new Processors();
                Latencies rest = oneCustomerAtRest(api, aggregators, ledger);
                report.add("customer and month, at rest: p50", rest.millis(500), "ms");
                report.add("customer and month, at rest: p99", rest.millis(990), "ms");
                Latencies all = allCustomers(api, aggregators, ledger);
                report.add("all customers by month, at rest: p50", all.millis(500), "ms");
                report.add("all customers by month, at rest: max", all.millis(1_000), "ms");
                report.add("at rest: processors taken by others", atRest.percentTakenByOthers(), "%");
                beside(fresh, ledger);
                api.verify(workload, ledger);
                report.add(
                        "server memory after restart, highest", fresh.server().memoryMiB("VmHWM"), "MiB");
                if (bench.baselines()) {
                    baseline(rest, all);
                }
            }
        }
    }

    private Latencies oneCustomerAtRest(Api api, String[] aggregators, Ledger ledger) throws IOException {
        Ledger.Total[] expected = ledger.byCustomer(0);
        SplittableRandom random = new SplittableRandom(1);
        Latencies latencies = new Latencies();
        for (int read = -WARM_UP_READS; read < READS; read++) {
            int type = Math.floorMod(read, aggregators.length);
            int customer = random.nextInt(Workload.CUSTOMERS);
            int month = random.nextInt(Workload.MONTHS);
            String path = Readers.path(workload, customer, aggregators[type], month);
            long start = System.nanoTime();
            JsonNode usage = api.get(path);
            if (read >= 0) {
                latencies.add(System.nanoTime() - start);
            }
            if (type == 0) {
                Api.same(path, expected[customer * Workload.MONTHS + month], usage);
            }
        }
        return latencies;
    }

    private Latencies allCustomers(Api api, String[] aggregators, Ledger ledger) throws IOException {
        Latencies latencies = new Latencies();
        String terms = "from=%s&to=%s"
                .formatted(workload.months().text(0), workload.months().text(Workload.MONTHS));
        for (int scan = -1; scan < SCANS; scan++) {
            String path = "/v1/aggregators/" + aggregators[0] + "/usage?" + terms
                    + "&window=month&group_by=customer_id&take=100";
            long start = System.nanoTime();
            JsonNode usage = api.get(path);
            if (scan >= 0) {
                latencies.add(System.nanoTime() - start);
            }
            Api.same("all customers", ledger.byType()[0], usage);
            if (usage.path("groups").size() != 100 || usage.at("/meta/total").asInt() != Workload.CUSTOMERS) {
                throw new IllegalStateException("not all customers: " + usage.path("meta"));
            }
        }
        return latencies;
    }

    private void beside(Bench.Fresh fresh, Ledger ledger) throws IOException, InterruptedException {
        Load load = new Load(
                workload,
                ledger,
                fresh.port(),
                ARRIVING,
                rows,
                rows + (long) ARRIVING.eventsPerSecond() * bench.seconds());
        Processors processors = new Processors();
        Latencies reads;
        double seconds;
        try (Readers readers = new Readers(workload, fresh.port(), READERS_BESIDE)) {
            seconds = load.run(bench.seconds());
            reads = readers.latencies();
        }
        report.add("arriving beside the reads", load.acknowledged() / seconds, "events/s");
        report.add("arriving: processors taken by others", processors.percentTakenByOthers(), "%");
        report.add("arriving: batch of 500 p99", load.latencies().millis(990), "ms");
        report.add("customer and month, while they arrive: p50", reads.millis(500), "ms");
        report.add("customer and month, while they arrive: p99", reads.millis(990), "ms");
        report.add("customer and month, while they arrive: reads", reads.count(), "");
    }

    private void baseline(Latencies rest, Latencies all) throws IOException, SQLException {
        try (DuckDbBaseline plain = DuckDbBaseline.ordered(bench, workload, rows)) {
            Latencies one = new Latencies();
            SplittableRandom random = new SplittableRandom(1);
            for (int read = -WARM_UP_READS; read < READS; read++) {
                int type = Math.floorMod(read, workload.types());
                String sql = "SELECT count(*), sum(amount) FROM %s_ordered WHERE customer = ? AND ts >= ? AND ts < ?"
                        .formatted(Workload.typeName(type));
                long start = System.nanoTime();
                try (PreparedStatement select = plain.connection().prepareStatement(sql)) {
                    int month;
                    select.setLong(1, random.nextInt(Workload.CUSTOMERS));
                    month = random.nextInt(Workload.MONTHS);
                    select.setLong(2, workload.months().start(month) * 1_000_000);
                    select.setLong(3, workload.months().start(month + 1) * 1_000_000);
                    drain(select.executeQuery());
                }
                if (read >= 0) {
                    one.add(System.nanoTime() - start);
                }
            }
            report.add("baseline: customer and month in DuckDB p50", one.millis(500), "ms");
            report.add("baseline: customer and month in DuckDB p99", one.millis(990), "ms");
            report.ratio("customer and month, at rest / DuckDB p50", rest.millis(500), one.millis(500));
            Latencies scans = new Latencies();
            for (int scan = -1; scan < SCANS; scan++) {
                long start = System.nanoTime();
                try (Statement select = plain.connection().createStatement()) {
                    drain(select.executeQuery(
                            "SELECT customer, date_trunc('month', make_timestamp(ts)) AS month, count(*), sum(amount) FROM %s_ordered GROUP BY ALL"
                                    .formatted(Workload.typeName(0))));
                }
                if (scan >= 0) {
                    scans.add(System.nanoTime() - start);
                }
            }
            report.add("baseline: all customers by month in DuckDB p50", scans.millis(500), "ms");
            report.ratio("all customers by month, at rest / DuckDB p50", all.millis(500), scans.millis(500));
        }
    }

    private static void drain(ResultSet rows) throws SQLException {
        try (rows) {
            while (rows.next()) {
                rows.getLong(1);
            }
        }
    }
}
