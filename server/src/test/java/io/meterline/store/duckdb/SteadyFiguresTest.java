package io.meterline.store.duckdb;

import static io.meterline.store.TestEvents.event;
import static io.meterline.store.TestEvents.micros;
import static io.meterline.store.TestUsage.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.store.EventStore;
import io.meterline.store.Measure;
import io.meterline.store.TestUsage;
import io.meterline.store.UsageResult;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Corrections that change neither the customer nor the number of a record leave every count and this sum as it was. So
 * while they stream in, many readers can ask without a reference: also in the middle of folds, merges and checkpoints.
 */
final class SteadyFiguresTest {

    private static final String TYPE = "seats";
    private static final int CUSTOMERS = 500;
    private static final int BATCH = 1_000;
    private static final int MOST_OUTSTANDING = 4;
    private static final int READERS = 6;

    @TempDir
    Path folder;

    private final Random random = new Random();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void figuresStayWhileRecordsAreCorrected() throws Exception {
        check(50_000, 5_000, 200_000);
    }

    @Test
    @Tag("long")
    void figuresStayWhileAMillionRecordsAreCorrected() throws Exception {
        check(1_000_000, 100_000, Integer.getInteger("meterline.steady.corrections", 20_000_000));
    }

    private void check(int records, int foldRows, int corrections) throws Exception {
        DuckDbOptions options = DuckDbOptions.DEFAULT.withFoldRows(foldRows);
        try (EventStore store = DuckDbEventStore.open(folder, InstantSource.system(), options);
                ExecutorService threads = Executors.newCachedThreadPool()) {
            Deque<CompletableFuture<?>> outstanding = new ArrayDeque<>();
            for (int record = 0; record < records; record += BATCH) {
                send(store, batch(record, record + BATCH), outstanding);
            }
            while (!outstanding.isEmpty()) {
                outstanding.remove().join();
            }
            Future<?> correcting = threads.submit(() -> {
                for (int sent = 0; sent < corrections; sent += BATCH) {
                    send(store, corrections(records), outstanding);
                }
            });
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                Random choices = new Random(random.nextLong());
                readers.add(threads.submit(() -> {
                    do {
                        ask(store, choices, records);
                    } while (!correcting.isDone());
                }));
            }
            correcting.get();
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
        assertThat(asked.get()).isGreaterThanOrEqualTo(READERS);
    }

    private void ask(EventStore store, Random choices, int records) {
        boolean everyone = choices.nextInt(15) == 0;
        Measure measure = choices.nextBoolean() ? new Measure.Count() : new Measure.Sum("seat");
        TestUsage question = usage(TYPE, measure);
        if (!everyone) {
            question.customers(1 + choices.nextInt(CUSTOMERS));
        }
        if (choices.nextInt(5) == 0) {
            question.whatIf(List.of(version(choices.nextInt(records)), version(choices.nextInt(records))));
        }
        UsageResult answer = store.usage(Environment.LIVE, question.build());
        asked.incrementAndGet();
        assertThat(answer.total().value())
                .isEqualByComparingTo(BigDecimal.valueOf(everyone ? records : records / CUSTOMERS));
    }

    private static void send(EventStore store, List<Event> events, Deque<CompletableFuture<?>> outstanding) {
        outstanding.add(store.append(Environment.LIVE, events).durable());
        while (outstanding.size() > MOST_OUTSTANDING) {
            outstanding.remove().join();
        }
    }

    private List<Event> batch(int from, int to) {
        List<Event> events = new ArrayList<>();
        for (int record = from; record < to; record++) {
            events.add(version(record));
        }
        return events;
    }

    /** Half of them correct one record in twenty, so that recent rows are beaten too. */
    private List<Event> corrections(int records) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            events.add(version(random.nextInt(random.nextBoolean() ? records : records / 20)));
        }
        return events;
    }

    private Event version(int record) {
        return event(TYPE)
                .id("seat-" + record)
                .customer(1 + record % CUSTOMERS)
                .at(micros("2026-01-01T00:00:00Z") + record * 1_000_000L)
                .with("seat", BigDecimal.ONE)
                .with("price", BigDecimal.valueOf(random.nextInt(1_000_000), 2))
                .build();
    }
}
