package io.meterline.benchmarks;

import java.io.IOException;

/**
 * Batches of 1,000 of which 30 % correct events that are stored already, against the same batches with new keys only.
 * The corrected events are random ones of all that are stored, and then random ones of those that just came.
 */
final class CorrectionsBenchmark {

    private static final int PERCENT = 30;

    private final Bench bench;
    private final Workload workload;
    private final long rows;

    CorrectionsBenchmark(Bench bench) {
        this.bench = bench;
        this.rows = bench.rowsOr(1_000_000);
        this.workload = bench.workload(rows * 4);
    }

    void run() throws IOException, InterruptedException {
        Report report = bench.report();
        Ledger ledger = new Ledger(workload, rows * 4);
        try (Bench.Fresh fresh = bench.fresh();
                Api api = new Api(fresh.port())) {
            Load warmUp = new Load(workload, ledger, fresh.port(), Load.Shape.batches(), 0, rows);
            warmUp.run(Bench.NO_LIMIT_SECONDS);
            api.verify(workload, ledger);
            long end = rows;
            double fresher = 0;
            if (bench.baselines()) {
                fresher = measure("new keys only", Load.Shape.batches(), fresh, api, ledger, end);
                end += rows;
            }
            double all = measure(
                    "corrections of any age", Load.Shape.batches().correcting(PERCENT, false), fresh, api, ledger, end);
            end += rows;
            double recent = measure(
                    "corrections of recent events",
                    Load.Shape.batches().correcting(PERCENT, true),
                    fresh,
                    api,
                    ledger,
                    end);
            if (bench.baselines()) {
                report.ratio("corrections of any age / new keys only", all, fresher);
                report.ratio("corrections of recent events / new keys only", recent, fresher);
            }
        }
    }

    private double measure(String what, Load.Shape shape, Bench.Fresh fresh, Api api, Ledger ledger, long first)
            throws IOException, InterruptedException {
        Report report = bench.report();
        // So many new keys that with the corrections among them it comes to the rows; in whole batches.
        long last = first + rows / shape.batch() * shape.fresh();
        Load load = new Load(workload, ledger, fresh.port(), shape, first, last);
        long cpu = fresh.server().cpuMillis();
        Processors processors = new Processors();
        long start = System.nanoTime();
        Latencies reads;
        try (Readers readers = new Readers(workload, fresh.port(), workload.types())) {
            load.run(Bench.NO_LIMIT_SECONDS);
            reads = readers.latencies();
        }
        api.verify(workload, ledger);
        double rate = load.acknowledged() / ((System.nanoTime() - start) / 1e9);
        report.add(what + ": until nothing is pending", rate, "events/s");
        report.add(what + ": processors taken by others", processors.percentTakenByOthers(), "%");
        report.add(what + ": batch p50", load.latencies().millis(500), "ms");
        report.add(what + ": batch p99", load.latencies().millis(990), "ms");
        report.add(what + ": read beside it p50", reads.millis(500), "ms");
        report.add(what + ": read beside it p99", reads.millis(990), "ms");
        report.add(
                what + ": server CPU per event", (fresh.server().cpuMillis() - cpu) * 1e3 / load.acknowledged(), "us");
        return rate;
    }
}
