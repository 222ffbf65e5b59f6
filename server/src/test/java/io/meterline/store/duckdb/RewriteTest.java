package io.meterline.store.duckdb;

import static io.meterline.store.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.event.KeyHash;
import io.meterline.store.EventQuery;
import io.meterline.store.Measure;
import io.meterline.store.TestUsage;
import io.meterline.store.UsageResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Purging and writing the file anew change no figure, whatever an earlier attempt left. */
final class RewriteTest {

    private static final int EVENTS = 3_000;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aFileThatIsWrittenAnewAnswersAsTheOldOne() throws IOException {
        UsageResult before = purged();
        assertThat(mark()).exists();

        try (DuckDbEventStore store = open()) {
            assertThat(mark()).doesNotExist();
            same(store, before);
            store.append(
                            Environment.LIVE,
                            List.of(event("sales")
                                    .id(7)
                                    .customer(1)
                                    .with("amount", 1)
                                    .build()))
                    .durable()
                    .join();
            store.fold();
            assertThat(count(store)).isEqualTo(EVENTS - 99);
        }
        try (DuckDbEventStore store = open()) {
            assertThat(count(store)).isEqualTo(EVENTS - 99);
        }
    }

    @Test
    void whatAnAttemptLeftThatACrashCutIsNeverTakenForTheDatabase() throws IOException {
        UsageResult before = purged();
        Files.write(folder.resolve("rewritten.duckdb"), new byte[10_000]);
        Files.write(folder.resolve("rewritten.duckdb.wal"), new byte[100]);

        try (DuckDbEventStore store = open()) {
            same(store, before);
        }
        assertThat(folder.resolve("rewritten.duckdb")).doesNotExist();
        assertThat(mark()).doesNotExist();
    }

    @Test
    void aFileThatCannotBeWrittenAnewIsUsedAsItIsUntilItCan() throws IOException {
        UsageResult before = purged();
        Path inTheWay = folder.resolve("rewritten.duckdb").resolve("something");
        Files.createDirectories(inTheWay);

        try (DuckDbEventStore store = open()) {
            same(store, before);
        }
        assertThat(mark()).exists();
        Files.delete(inTheWay);
        try (DuckDbEventStore store = open()) {
            same(store, before);
        }
        assertThat(mark()).doesNotExist();
    }

    /** A store with several folds, corrections and deletions, some of them only in the log, then purged. */
    private UsageResult purged() throws IOException {
        try (DuckDbEventStore store = open()) {
            for (int part = 0; part < 3; part++) {
                append(store, part * 1_000, 1_000);
                store.fold();
            }
            append(store, 500, 600);
            List<KeyHash> keys = IntStream.range(0, 100)
                    .mapToObj(i -> event("sales").id(i).build().key())
                    .toList();
            assertThat(store.delete(Environment.LIVE, keys).join()).isEqualTo(100);
            UsageResult before = usage(store);

            store.purge();

            same(store, before);
            store.purge();
            same(store, before);
            return before;
        }
    }

    private DuckDbEventStore open() {
        return DuckDbEventStore.open(folder, InstantSource.system(), DuckDbOptions.DEFAULT);
    }

    private Path mark() {
        return folder.resolve("rewrite.due");
    }

    private static void append(DuckDbEventStore store, int from, int count) {
        store.append(
                        Environment.LIVE,
                        IntStream.range(from, from + count)
                                .mapToObj(i -> event("sales")
                                        .id(i)
                                        .customer(i % 7)
                                        .with("amount", i)
                                        .with("note", "note " + i)
                                        .build())
                                .toList())
                .durable()
                .join();
    }

    private static void same(DuckDbEventStore store, UsageResult before) {
        assertThat(usage(store))
                .usingRecursiveComparison()
                .ignoringCollectionOrder()
                .isEqualTo(before);
        assertThat(count(store)).isEqualTo(EVENTS - 100);
    }

    private static UsageResult usage(DuckDbEventStore store) {
        return store.usage(
                Environment.LIVE,
                TestUsage.usage("sales", new Measure.Sum("amount")).byCustomer().build());
    }

    private static long count(DuckDbEventStore store) {
        return store.list(Environment.LIVE, EventQuery.all(1)).total();
    }
}
