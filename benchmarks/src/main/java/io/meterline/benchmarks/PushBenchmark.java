package io.meterline.benchmarks;

import java.io.IOException;
import java.sql.SQLException;

/** Push in batches of 1,000 by 8 clients, reads beside it, against the same rows in DuckDB and in PostgreSQL. */
final class PushBenchmark {

    private static final long BASELINE_ROWS = 1_000_000;

    private final Bench bench;
    private final Workload workload;
    private final long rows;

    PushBenchmark(Bench bench) {
        this.bench = bench;
        this.rows = bench.rowsOr(2_000_000);
        this.workload = bench.workload(rows);
    }

    void run() throws IOException, InterruptedException, SQLException {
        double full = push("push", Load.Shape.batches());
        if (!bench.baselines()) {
            return;
        }
        push("push, minimal answer", Load.Shape.batches().minimally());
        long count = Math.min(rows, BASELINE_ROWS);
        Workload part = bench.workload(count);
        double appender = DuckDbBaseline.append(bench, part, count);
        bench.report().add("baseline: DuckDB appender", appender, "rows/s");
        bench.report().ratio("push / DuckDB appender", full, appender);
        double upsert = PostgresBaseline.upsert(part, count);
        bench.report().add("baseline: PostgreSQL upsert from staging", upsert, "rows/s");
        bench.report().ratio("push / PostgreSQL upsert", full, upsert);
    }

    private double push(String what, Load.Shape shape) throws IOException, InterruptedException {
        Report report = bench.report();
        Ledger ledger = new Ledger(workload, rows);
        try (Bench.Fresh fresh = bench.fresh();
                Api api = new Api(fresh.port())) {
            Load load = new Load(workload, ledger, fresh.port(), shape, 0, rows);
            Processors processors = new Processors();
            long start = System.nanoTime();
            double sent;
            Latencies reads;
            try (Readers readers = new Readers(workload, fresh.port(), workload.types())) {
                sent = load.run(Bench.NO_LIMIT_SECONDS);
                reads = readers.latencies();
            }
            double cpu = fresh.server().cpuMillis() / 1e3;
            api.verify(workload, ledger);
            double all = (System.nanoTime() - start) / 1e9;
            report.add(what + ": until nothing is pending", load.acknowledged() / all, "events/s");
            report.add(what + ": until the last 201", load.acknowledged() / sent, "events/s");
            report.add(what + ": processors taken by others", processors.percentTakenByOthers(), "%");
            int millions = (int) (load.acknowledged() / 1_000_000);
            if (millions > 1) {
                report.add(what + ": first million", load.rateOfMillion(1), "events/s");
                report.add(what + ": last million", load.rateOfMillion(millions), "events/s");
                report.ratio(what + ": last million / first", load.rateOfMillion(millions), load.rateOfMillion(1));
            }
            report.add(what + ": batch p50", load.latencies().millis(500), "ms");
            report.add(what + ": batch p99", load.latencies().millis(990), "ms");
            report.add(what + ": batch max", load.latencies().millis(1_000), "ms");
            report.add(what + ": read beside it p50", reads.millis(500), "ms");
            report.add(what + ": read beside it p99", reads.millis(990), "ms");
            report.add(what + ": server CPU per event", cpu * 1e6 / load.acknowledged(), "us");
            report.add(what + ": 503 answers", load.overloads(), "");
            report.add(what + ": server memory, highest", fresh.server().memoryMiB("VmHWM"), "MiB");
            report.add(
                    what + ": server memory without mapped files, at the end",
                    fresh.server().memoryMiB("RssAnon"),
                    "MiB");
            report.add(what + ": data folder", fresh.diskMiB(), "MiB");
            return load.acknowledged() / all;
        }
    }
}
