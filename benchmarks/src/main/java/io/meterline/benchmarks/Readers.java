package io.meterline.benchmarks;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads beside the writes: so many a second, in turn over the types, each the usage of one customer in one month. A
 * read's time counts from when it was due, so that a slow one makes those behind it late instead of fewer.
 */
final class Readers implements AutoCloseable {

    private final Workload workload;
    private final Api api;
    private final long gapNanos;
    private final Latencies latencies = new Latencies();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean stopped;

    Readers(Workload workload, int port, int readsPerSecond) throws IOException {
        this.workload = workload;
        this.api = new Api(port);
        this.gapNanos = 1_000_000_000L / readsPerSecond;
        this.thread = Thread.ofPlatform().name("reader").start(this::run);
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
                        workload.monthText(month),
                        workload.monthText(month + 1));
    }

    private void run() {
        try {
            String[] aggregators = new String[workload.types()];
            for (int type = 0; type < aggregators.length; type++) {
                aggregators[type] = api.sumOf(type);
            }
            // Customers and types appear with their first event.
            TimeUnit.MILLISECONDS.sleep(500);
            read(aggregators);
        } catch (IOException | RuntimeException e) {
            failure.set(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(String[] aggregators) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(7);
        long due = System.nanoTime();
        for (int read = 0; !stopped; read++) {
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            String path = path(
                    workload,
                    random.nextInt(Workload.CUSTOMERS),
                    aggregators[read % aggregators.length],
                    random.nextInt(Workload.MONTHS));
            try {
                api.get(path);
                latencies.add(System.nanoTime() - due);
            } catch (IOException e) {
                // A customer without events yet.
                if (e.getMessage() == null || !e.getMessage().contains(": 404 ")) {
                    throw e;
                }
            }
            due += gapNanos;
        }
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        api.close();
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("a read failed", failed);
        }
    }
}
