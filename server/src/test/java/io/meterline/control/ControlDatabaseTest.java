package io.meterline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.event.RuleException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ControlDatabaseTest {

    @TempDir
    Path folder;

    @Test
    void whatWasWrittenIsReadAtOnceAndAfterARestart() {
        try (ControlDatabase database = open()) {
            database.write(handle -> put(handle, "live"));
            assertThat(database.read(ControlDatabaseTest::rows)).containsExactly("live");
        }
        try (ControlDatabase database = open()) {
            assertThat(database.read(ControlDatabaseTest::rows)).containsExactly("live");
        }
    }

    @Test
    void runsWithTheDurableSettings() {
        try (ControlDatabase database = open()) {
            String journal = database.write(handle -> pragma(handle, "journal_mode"));
            String synchronous = database.write(handle -> pragma(handle, "synchronous"));
            String foreignKeys = database.write(handle -> pragma(handle, "foreign_keys"));
            String queryOnly = database.read(handle -> pragma(handle, "query_only"));
            assertThat(List.of(journal, synchronous, foreignKeys, queryOnly)).containsExactly("wal", "2", "1", "1");
        }
    }

    @Test
    void workThatThrowsLeavesNothingAndReachesItsCaller() {
        try (ControlDatabase database = open()) {
            assertThatThrownBy(() -> database.write(handle -> {
                        put(handle, "live");
                        throw new RuleException(RuleException.Kind.CONFLICT, "taken", "Taken.");
                    }))
                    .isInstanceOf(RuleException.class)
                    .hasMessage("Taken.");
            assertThat(database.read(ControlDatabaseTest::rows)).isEmpty();
        }
    }

    @Test
    void aFullDiskIsSaidInSoManyWordsAndLeavesNothing() {
        try (ControlDatabase database = open()) {
            database.write(handle -> {
                put(handle, "live");
                return pragma(handle, "max_page_count = 1");
            });
            assertThatThrownBy(() -> database.write(handle -> put(handle, "x".repeat(1_000_000))))
                    .isInstanceOfSatisfying(
                            RuleException.class, e -> assertThat(e.code()).isEqualTo("disk_full"));
            database.write(handle -> pragma(handle, "max_page_count = 1000000"));
            assertThat(database.read(ControlDatabaseTest::rows)).containsExactly("live");
        }
    }

    @Test
    void readersCannotWrite() {
        try (ControlDatabase database = open()) {
            assertThatThrownBy(() -> database.read(handle -> put(handle, "live")))
                    .hasMessageContaining("readonly");
        }
    }

    @Test
    void workInsideWorkIsRefusedInsteadOfWaitingForItself() {
        try (ControlDatabase database = open()) {
            assertThatThrownBy(() -> database.write(handle -> database.read(ControlDatabaseTest::rows)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("pass the handle on");
        }
    }

    @Test
    void writersOnManyVirtualThreadsTakeTurns() throws Exception {
        try (ControlDatabase database = open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            database.write(handle -> handle.execute("CREATE TABLE counter (n BIGINT)"));
            database.write(handle -> handle.execute("INSERT INTO counter VALUES (0)"));
            List<Future<Integer>> all = IntStream.range(0, 50)
                    .mapToObj(_ -> threads.submit(() -> database.write(handle -> {
                        long n = handle.select("SELECT n FROM counter")
                                .mapTo(Long.class)
                                .one();
                        return handle.execute("UPDATE counter SET n = ?", n + 1);
                    })))
                    .toList();
            for (Future<Integer> one : all) {
                one.get();
            }
            long counted = database.read(handle ->
                    handle.select("SELECT n FROM counter").mapTo(Long.class).one());
            assertThat(counted).isEqualTo(50);
        }
    }

    @Test
    void aFullQueueIsSaidAndNotWaitedFor() throws Exception {
        try (ControlDatabase database = ControlDatabase.open(folder, 1, 1)) {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            database.writeSoon("test", handle -> {
                started.countDown();
                awaitQuietly(release);
                return rows(handle);
            });
            started.await();
            database.writeSoon("test", ControlDatabaseTest::rows);

            assertThatThrownBy(() -> database.write(ControlDatabaseTest::rows))
                    .isInstanceOfSatisfying(RuleException.class, e -> {
                        assertThat(e.kind()).isEqualTo(RuleException.Kind.OVERLOADED);
                        assertThat(e.code()).isEqualTo("overloaded");
                    });
            assertThat(database.check().writable()).isFalse();
            release.countDown();
        }
    }

    @Test
    void aHealthyDatabaseIsWritable() {
        try (ControlDatabase database = open()) {
            assertThat(database.check().writable()).isTrue();
        }
    }

    private ControlDatabase open() {
        return ControlDatabase.open(folder, 2, 1_000);
    }

    private static int put(Handle handle, String environment) {
        return handle.execute("INSERT INTO api_key_bootstraps VALUES (?, 1)", environment);
    }

    private static List<String> rows(Handle handle) {
        return handle.select("SELECT environment FROM api_key_bootstraps")
                .mapTo(String.class)
                .list();
    }

    private static String pragma(Handle handle, String name) {
        return handle.select("PRAGMA " + name).mapTo(String.class).one();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
