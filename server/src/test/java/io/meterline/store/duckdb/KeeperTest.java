package io.meterline.store.duckdb;

import static io.meterline.store.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.store.DiskSpace;
import io.meterline.store.EventQuery;
import io.meterline.store.OverloadedException;
import io.meterline.store.OverloadedException.Reason;
import io.meterline.store.StoreFailedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that fails is opened anew, and nothing that was accepted is lost. */
final class KeeperTest {

    @TempDir
    Path folder;

    private DuckDbEventStore open(int attempts) {
        Keeper.Patience patience = new Keeper.Patience(
                Duration.ofMillis(20), Duration.ofMillis(20), attempts, Duration.ofSeconds(30), Duration.ofMinutes(10));
        return DuckDbEventStore.open(
                folder,
                InstantSource.system(),
                DuckDbOptions.DEFAULT.withFoldRows(1_000_000),
                DiskSpace.ENDLESS,
                FileChannel::open,
                patience);
    }

    /** The next checkpoint fails in its middle, and DuckDB takes the database for broken. */
    private static void breakTheNextCheckpoint(DuckDbEventStore store) throws SQLException {
        Database.execute(store.engine().connect(), "SET debug_checkpoint_abort = 'before_header'");
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

    private static void awaitReopened(DuckDbEventStore store, int times) {
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        store.figures().reopened() == times && store.health().writable());
    }

    @Test
    void aCheckpointThatFailsForGoodIsForgottenWithItsDatabase() throws SQLException {
        try (DuckDbEventStore store = open(5)) {
            append(store, 0, 100);
            store.fold();
            append(store, 100, 50);
            for (int round = 1; round <= 2; round++) {
                breakTheNextCheckpoint(store);
                store.fold();
                awaitReopened(store, round);
                assertThat(count(store)).isEqualTo(149 + round);
                append(store, 149 + round, 1);
            }
            store.fold();
            append(store, 0, 10);
            assertThat(count(store)).isEqualTo(152);
        }
        try (DuckDbEventStore store = open(5)) {
            assertThat(count(store)).isEqualTo(152);
            assertThat(store.eventTypes(Environment.LIVE).getFirst().events()).isEqualTo(152);
        }
    }

    @Test
    void aBatchThatCannotBeAppliedIsAppliedByTheNextDatabase() throws SQLException {
        try (DuckDbEventStore store = open(5)) {
            append(store, 0, 100);
            assertThat(count(store)).isEqualTo(100);
            Database.execute(store.engine().connect(), "DROP TABLE recent.main.rows_1");

            append(store, 50, 100);
            awaitReopened(store, 1);

            assertThat(count(store)).isEqualTo(150);
            append(store, 150, 1);
            assertThat(count(store)).isEqualTo(151);
        }
    }

    @Test
    void eventsThatComeInMeanwhileAreStoredOrRefusedAndNeverLost() throws Exception {
        try (DuckDbEventStore store = open(50)) {
            append(store, 0, 1);
            int stored = 1;
            for (int round = 1; round <= 5; round++) {
                breakTheNextCheckpoint(store);
                store.fold();
                for (int i = 0; i < 400; i++) {
                    try {
                        append(store, stored, 1);
                        stored++;
                    } catch (OverloadedException e) {
                        // Not counted: it was refused.
                        TimeUnit.MILLISECONDS.sleep(1);
                    }
                }
                awaitReopened(store, round);
                assertThat(count(store)).isEqualTo(stored);
            }
        }
        try (DuckDbEventStore store = open(5)) {
            assertThat(store.list(Environment.LIVE, EventQuery.all(1)).total()).isGreaterThan(5);
        }
    }

    @Test
    void filesThatCannotBeOpenedAreGivenUpAfterAFewAttemptsAndSaidSo() throws SQLException, IOException {
        DuckDbEventStore store = open(3);
        append(store, 0, 10);
        Files.move(folder.resolve("events.duckdb"), folder.resolve("elsewhere.duckdb"));
        breakTheNextCheckpoint(store);
        store.fold();

        assertThat(store.gaveUp().orTimeout(30, TimeUnit.SECONDS).join()).contains("are gone");
        assertThat(store.health().writable()).isFalse();
        assertThat(store.health().detail()).contains("Only a new start may help");
        assertThatThrownBy(() -> append(store, 10, 1))
                .isInstanceOfSatisfying(
                        OverloadedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
        assertThatThrownBy(() -> count(store)).isInstanceOf(OverloadedException.class);
        store.close();

        Files.move(folder.resolve("elsewhere.duckdb"), folder.resolve("events.duckdb"));
        try (DuckDbEventStore again = open(3)) {
            assertThat(count(again)).isEqualTo(10);
        }
    }

    @Test
    void aDatabaseThatFailsAgainAndAgainIsGivenUp() throws SQLException {
        DuckDbEventStore store = open(2);
        append(store, 0, 10);
        for (int round = 1; round <= 2; round++) {
            breakTheNextCheckpoint(store);
            store.fold();
            awaitReopened(store, round);
        }
        breakTheNextCheckpoint(store);
        store.fold();

        assertThat(store.gaveUp().orTimeout(30, TimeUnit.SECONDS).join()).contains("failed 3 times");
        store.close();
    }

    @Test
    void aReadThatMeetsTheBrokenDatabaseIsAFailureOfTheStore() throws SQLException {
        try (DuckDbEventStore store = open(5)) {
            append(store, 0, 10);
            store.fold();
            breakTheNextCheckpoint(store);
            Database.execute(store.engine().connect(), "CREATE TABLE events.something (of INTEGER)");
            assertThatThrownBy(() -> Database.execute(store.engine().connect(), "CHECKPOINT events"))
                    .isInstanceOf(SQLException.class);

            assertThatThrownBy(() -> count(store))
                    .isInstanceOf(StoreFailedException.class)
                    .cause()
                    .hasMessageContaining("invalidated");

            awaitReopened(store, 1);
            assertThat(count(store)).isEqualTo(10);
        }
    }
}
