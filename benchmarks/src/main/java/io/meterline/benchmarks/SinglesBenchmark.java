package io.meterline.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Push of one event a request by 32 clients, against {@code GET /health/live} with a head padded to the size of the
 * push: the same server and driver, reading and answering without storing.
 */
final class SinglesBenchmark {

    private static final long MOST_ROWS = 20_000_000;
    private static final long CUSTOMER_ROWS = 200_000;
    private static final int WARM_UP_SECONDS = 5;

    private final Bench bench;
    private final Workload workload;

    SinglesBenchmark(Bench bench) {
        this.bench = bench;
        this.workload = bench.workload(bench.rowsOr(1_000_000));
    }

    void run() throws IOException, InterruptedException {
        Report report = bench.report();
        Ledger ledger = new Ledger(workload, MOST_ROWS);
        try (Bench.Fresh fresh = bench.fresh();
                Api api = new Api(fresh.port())) {
            // Creating the 10,000 customers is work of another kind.
            new Load(workload, ledger, fresh.port(), Load.Shape.batches(), 0, CUSTOMER_ROWS)
                    .run(Bench.NO_LIMIT_SECONDS);
            Load warmUp = new Load(workload, ledger, fresh.port(), Load.Shape.singles(), CUSTOMER_ROWS, MOST_ROWS);
            warmUp.run(WARM_UP_SECONDS);
            Load load = new Load(workload, ledger, fresh.port(), Load.Shape.singles(), warmUp.end(), MOST_ROWS);
            long cpu = fresh.server().cpuMillis();
            Processors processors = new Processors();
            long start = System.nanoTime();
            Latencies reads;
            try (Readers readers = new Readers(workload, fresh.port(), workload.types())) {
                load.run(bench.seconds());
                reads = readers.latencies();
            }
            cpu = fresh.server().cpuMillis() - cpu;
            api.verify(workload, ledger);
            double rate = load.acknowledged() / ((System.nanoTime() - start) / 1e9);
            report.add("singles: until nothing is pending", rate, "events/s");
            report.add("singles: processors taken by others", processors.percentTakenByOthers(), "%");
            report.add("singles: p50", load.latencies().millis(500), "ms");
            report.add("singles: p99", load.latencies().millis(990), "ms");
            report.add("singles: max", load.latencies().millis(1_000), "ms");
            report.add("singles: read beside it p50", reads.millis(500), "ms");
            report.add("singles: read beside it p99", reads.millis(990), "ms");
            report.add("singles: server CPU per event", cpu * 1e3 / load.acknowledged(), "us");
            if (bench.baselines()) {
                double live = withoutStoring(fresh.port());
                report.ratio("singles / the same server answering without storing", rate, live);
            }
        }
    }

    private double withoutStoring(int port) throws InterruptedException {
        int size = new EventText(workload).length() + 150;
        String head = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ServerProcess.KEY
                + "\r\nX-Padding: ";
        byte[] request = (head + "x".repeat(size - head.length()) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Math.min(10, bench.seconds()));
        AtomicLong answers = new AtomicLong();
        Latencies latencies = new Latencies();
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        long start = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Load.Shape.singles().clients(); i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try (HttpConnection connection = new HttpConnection(port)) {
                    while (System.nanoTime() < end) {
                        long begin = System.nanoTime();
                        int status =
                                connection.send(request, request.length, false).status();
                        if (status != 200) {
                            throw new IOException("status " + status);
                        }
                        latencies.add(System.nanoTime() - begin);
                        answers.incrementAndGet();
                    }
                } catch (IOException e) {
                    failure.set(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("the baseline failed", failed);
        }
        double rate = answers.get() / ((System.nanoTime() - start) / 1e9);
        bench.report().add("baseline: answering without storing", rate, "requests/s");
        bench.report().add("baseline: answering without storing p99", latencies.millis(990), "ms");
        return rate;
    }
}
