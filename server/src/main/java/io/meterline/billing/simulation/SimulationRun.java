package io.meterline.billing.simulation;

import io.meterline.event.RuleException;
import io.meterline.price.Split;
import io.meterline.store.OverloadedException;
import io.meterline.store.StoreFailedException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the customers: while one chunk is priced, the usage of the next is asked for. No more than these two are in
 * memory.
 */
final class SimulationRun {

    /** Customers times periods that are asked for at once; enough that a question is not too short. */
    private static final int FIGURES = 120_000;

    private static final int MOST_CUSTOMERS = 10_000;
    private static final int MOST_ATTEMPTS = 20;

    private final SimulationPlan plan;
    private final ChunkMeter meter;
    private final CustomerChunks chunks;
    private final Stop stop;

    /** Whether the run should end, asked often; and how to wait. */
    interface Stop {

        /** Throws {@link StoppedException} when the run should end. */
        void check();

        /** Waits. Throws {@link StoppedException} when the run should end meanwhile. */
        void pause(long millis);
    }

    private SimulationRun(SimulationPlan plan, ChunkMeter meter, CustomerChunks chunks, Stop stop) {
        this.plan = plan;
        this.meter = meter;
        this.chunks = chunks;
        this.stop = stop;
    }

    /** A run over some customers by their numbers, or null for all; how many they are is told to the progress. */
    static SimulationRun of(
            SimulationTools tools, SimulationPlan plan, @Nullable List<Long> customers, SimulationProgress progress) {
        Map<Long, Long> mergedInto = tools.directory().mergedInto(plan.environment());
        ChunkMeter meter = new ChunkMeter(
                plan,
                new SubjectFinder(plan, tools.subscriptions(), tools.snapshots(), mergedInto),
                new ShapeMeter(tools.events(), plan.environment()),
                Members.inverse(mergedInto));
        CustomerChunks chunks = new CustomerChunks(tools.directory(), plan.environment(), customers, chunkSize(plan));
        progress.of(chunks.count());
        return new SimulationRun(plan, meter, chunks, progress);
    }

    /** How many customers are asked for at once. */
    static int chunkSize(SimulationPlan plan) {
        long windows = plan.request().candidates().stream()
                .flatMap(candidate -> candidate.prices().stream())
                .mapToLong(price -> windows(price.price().split()))
                .max()
                .orElse(1);
        return Math.clamp(FIGURES / (plan.request().periods() * windows), 1, MOST_CUSTOMERS);
    }

    private static long windows(Split split) {
        if (split.window() == null) {
            return 1;
        }
        return switch (split.window()) {
            case HOUR -> 31 * 24;
            case DAY -> 31;
            case WEEK -> 6;
            case MONTH -> 2;
        };
    }

    /**
     * Prices everybody.
     *
     * @param asking where the store is asked, one question after the other
     * @param done is told how many customers are done
     */
    void run(Executor asking, Tally tally, Consumer<PricedSubject> sink, LongConsumer done) {
        long customers = 0;
        CompletableFuture<MeteredChunk> ahead = CompletableFuture.supplyAsync(this::next, asking);
        try {
            for (MeteredChunk chunk = result(ahead); chunk.customers() > 0; chunk = result(ahead)) {
                ahead = CompletableFuture.supplyAsync(this::next, asking);
                new ChunkPricer(chunk, plan.currency(), tally).price(subject -> {
                    stop.check();
                    tally.add(subject);
                    sink.accept(subject);
                });
                customers += chunk.customers();
                done.accept(customers);
                stop.check();
            }
        } finally {
            ahead.cancel(false);
        }
    }

    private MeteredChunk next() {
        while (true) {
            stop.check();
            List<Long> customers = chunks.next();
            try {
                return metered(customers);
            } catch (RuleException e) {
                if (!e.code().equals("too_many_groups") || customers.size() < 2) {
                    throw e;
                }
                chunks.halve(customers);
            }
        }
    }

    private MeteredChunk metered(List<Long> customers) {
        for (int attempt = 1; ; attempt++) {
            try {
                return customers.isEmpty() ? MeteredChunk.NOBODY : meter.meter(customers);
            } catch (OverloadedException | StoreFailedException e) {
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
                stop.pause(Math.min(5_000, 50L << Math.min(attempt, 10)));
            }
        }
    }

    private static MeteredChunk result(CompletableFuture<MeteredChunk> ahead) {
        try {
            return ahead.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
