package io.meterline.store.duckdb;

import static io.meterline.store.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.store.Measure;
import io.meterline.store.StoredEvent;
import io.meterline.store.TestUsage;
import io.meterline.store.UsageQuery;
import io.meterline.store.UsageResult;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record that moves between customers while it is folded is in every answer exactly once. */
final class MovingRecordsTest {

    private static final String TYPE = "api_calls";

    private static final UsageQuery BY_CUSTOMER =
            TestUsage.usage(TYPE, new Measure.Sum("p")).byCustomer().build();

    private static final Event NEXT = event(TYPE)
            .id("a")
            .customer(9)
            .at("2026-01-02T00:00:00Z")
            .with("p", 2)
            .build();

    private @TempDir @Nullable Path directory;

    @Test
    void recordsThatMoveAreInEveryAnswerOnce() throws Exception {
        move(200);
    }

    @Test
    @Tag("long")
    void recordsThatMoveForLongAreInEveryAnswerOnce() throws Exception {
        move(5_000);
    }

    private void move(int moves) throws Exception {
        try (DuckDbEventStore store = DuckDbEventStore.open(
                        Objects.requireNonNull(directory),
                        InstantSource.system(),
                        DuckDbOptions.DEFAULT.withFoldRows(20));
                ExecutorService threads = Executors.newCachedThreadPool()) {
            Event first = moved(0);
            append(store, first);
            AtomicBoolean done = new AtomicBoolean();
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(threads.submit(() -> {
                    while (!done.get()) {
                        readOnce(store);
                    }
                }));
            }
            readers.add(threads.submit(() -> {
                while (!done.get()) {
                    Optional<StoredEvent> found = store.find(Environment.LIVE, first.key());
                    assertThat(found).isPresent();
                }
            }));
            try {
                for (int i = 0; i < moves && readers.stream().noneMatch(Future::isDone); i++) {
                    append(store, moved(i));
                    if (i % 10 == 0) {
                        store.fold();
                    }
                }
            } finally {
                done.set(true);
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
    }

    private static void readOnce(DuckDbEventStore store) {
        UsageResult usage = store.usage(Environment.LIVE, BY_CUSTOMER);
        assertThat(usage.total().events()).as("%s", usage).isEqualTo(1);
        assertThat(usage.groups()).as("%s", usage).hasSize(1);
        List<String> amounts = new ArrayList<>();
        store.amounts(Environment.LIVE, BY_CUSTOMER, (key, window, amount) -> amounts.add(key + " " + amount));
        assertThat(amounts).hasSize(1);
        UsageResult supposed = store.usage(Environment.LIVE, BY_CUSTOMER.withWhatIf(List.of(NEXT)));
        assertThat(supposed.total()).as("%s", supposed).isEqualTo(new UsageResult.Cell(BigDecimal.TWO, 1));
        assertThat(supposed.groups()).as("%s", supposed).hasSize(1);
    }

    private static Event moved(int turn) {
        return event(TYPE).id("a").customer(turn % 5).with("p", 1).build();
    }

    private static void append(DuckDbEventStore store, Event event) {
        CompletableFuture<Void> durable =
                store.append(Environment.LIVE, List.of(event)).durable();
        durable.join();
    }
}
