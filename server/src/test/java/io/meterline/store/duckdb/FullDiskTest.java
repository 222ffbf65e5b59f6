package io.meterline.store.duckdb;

import static io.meterline.store.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.KeyHash;
import io.meterline.store.DiskSpace;
import io.meterline.store.EventQuery;
import io.meterline.store.OverloadedException;
import io.meterline.store.OverloadedException.Reason;
import io.meterline.store.log.SmallDisk;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk refuses, in so many words, and loses nothing. */
final class FullDiskTest {

    private static final long RESERVE = 1_000_000;

    private final SmallDisk segments = new SmallDisk();
    private final AtomicLong free = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong ticks = new AtomicLong(1_800_000_000);
    // A second passes between any two looks.
    private final InstantSource clock = () -> java.time.Instant.ofEpochSecond(ticks.incrementAndGet());

    @TempDir
    Path folder;

    @Test
    void belowTheReserveNothingIsTakenAndEverythingElseWorks() {
        try (DuckDbEventStore store = open()) {
            append(store, 0, 10);
            free.set(RESERVE - 1);

            assertThatThrownBy(() -> append(store, 10, 1))
                    .isInstanceOfSatisfying(
                            OverloadedException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.DISK_FULL));
            assertThat(count(store)).isEqualTo(10);
            assertThat(store.health().writable()).isTrue();
            List<KeyHash> keys = List.of(events(3, 1).getFirst().key());
            assertThat(store.delete(Environment.LIVE, keys).join()).isEqualTo(1);

            free.set(RESERVE);
            append(store, 10, 1);
            assertThat(count(store)).isEqualTo(10);
        }
    }

    @Test
    void aDiskThatFillsUpInTheMiddleOfAGroupTakesTheGroupNotAtAllAndGoesOnByItself() {
        try (DuckDbEventStore store = open()) {
            append(store, 0, 10);
            segments.room(700);

            assertThatThrownBy(() -> append(store, 10, 50))
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            OverloadedException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.DISK_FULL));
            assertThat(store.health().writable()).isFalse();
            assertThat(count(store)).isEqualTo(10);

            segments.room(Long.MAX_VALUE);
            await().until(() -> store.health().writable());
            append(store, 60, 5);
            assertThat(count(store)).isEqualTo(15);
        }
        try (DuckDbEventStore store = open()) {
            assertThat(count(store)).isEqualTo(15);
        }
    }

    private DuckDbEventStore open() {
        return DuckDbEventStore.open(
                folder,
                clock,
                DuckDbOptions.DEFAULT,
                new DiskSpace(free::get, RESERVE, clock),
                segments,
                Keeper.Patience.DEFAULT);
    }

    private static void append(DuckDbEventStore store, int from, int count) {
        store.append(Environment.LIVE, events(from, count)).durable().join();
    }

    private static List<Event> events(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> event("sales").id(i).with("amount", i).build())
                .toList();
    }

    private static long count(DuckDbEventStore store) {
        return store.list(Environment.LIVE, EventQuery.all(1)).total();
    }
}
