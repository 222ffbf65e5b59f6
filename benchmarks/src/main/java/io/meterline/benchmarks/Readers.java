package io.meterline.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads beside the writes: each reader asks once a second for the usage of one customer in one month, in turn over the
 * types. One that waits longer than its second for an answer leaves out the reads that it missed.
 */
final class Readers implements AutoCloseable {

    private static final long GAP_NANOS = 1_000_000_000L;
    // Customers and types appear with their first event.
    private static final long HEAD_START_MILLIS = 500;

    private final Workload workload;
    private final Latencies latencies = new Latencies();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    Readers(Workload workload, int port, int readers) throws IOException {
        this.workload = workload;
        String[] aggregators = new String[workload.types()];
        try (Api api = new Api(port)) {
            for (int type = 0; type < aggregators.length; type++) {
                aggregators[type] = api.sumOf(type);
            }
        }
        for (int i = 0; i < readers; i++) {
            int reader = i;
            threads.add(Thread.ofVirtual().start(() -> run(port, reader, readers, aggregators)));
        }
    }

    Latencies latencies() {
        return latencies;
    }

    /** The path of one customer's usage in one month. */
    static String path(Workload workload, int customer, String aggregator, int month) {
        return "/v1/customers/%s/usage/%s?from=%s&to=%s"
                .formatted(
                        Workload.customerName(customer),
                        aggregator,
                        workload.months().text(month),
                        workload.months().text(month + 1));
    }

    private void run(int port, int reader, int readers, String[] aggregators) {
        try (Api api = new Api(port)) {
            SplittableRandom random = new SplittableRandom(reader);
            long due =
                    System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(HEAD_START_MILLIS) + GAP_NANOS * reader / readers;
            for (int read = reader; !stopped; read += readers) {
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                String path = path(
                        workload,
                        random.nextInt(Workload.CUSTOMERS),
                        aggregators[read % aggregators.length],
                        random.nextInt(Workload.MONTHS));
                read(api, path);
                due = Math.max(due + GAP_NANOS, System.nanoTime());
            }
        } catch (IOException | RuntimeException e) {
            failure.set(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(Api api, String path) throws IOException {
        long start = System.nanoTime();
        try {
            api.get(path);
            latencies.add(System.nanoTime() - start);
        } catch (IOException e) {
            // A customer without events yet.
            if (e.getMessage() == null || !e.getMessage().contains(": 404 ")) {
                throw e;
            }
        }
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("a read failed", failed);
        }
    }
}
