package io.meterline.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.store.EventWriter.Outcome;
import io.meterline.store.StoreFailedException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store opens on what a crash leaves, and holds whole groups only: all that the log has whole, and all that the database
 * had at its last checkpoint.
 *
 * <p>What a crash leaves is a copy of the files of an open store at a moment when it does nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DamagedFilesTest {

    private static final int GROUPS = 50;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final GroupHistory history = new GroupHistory(seed);
    private final List<Long> logBytes = new ArrayList<>(List.of(0L));
    private Path directory;
    private Path crashed;
    private Path closed;
    private int checkpointed;
    private int copies;

    @BeforeAll
    void write(@TempDir Path folder) throws IOException {
        directory = folder;
        Path live = directory.resolve("live");
        crashed = directory.resolve("crashed");
        closed = directory.resolve("closed");
        int lastFold = 15 + random.nextInt(GROUPS - 25);
        try (DuckDbEventStore store = open(live)) {
            while (history.groups() < GROUPS) {
                int before = history.groups();
                history.writeGroup(store);
                if (history.groups() > before) {
                    logBytes.add(Files.size(log(live)));
                }
                if (history.groups() <= lastFold && random.nextInt(8) == 0) {
                    store.fold();
                    checkpointed = history.groups();
                }
            }
            copy(live, crashed);
        }
        copy(live, closed);
    }

    @Test
    void logCutAtARandomByteLeavesWholeGroups() throws IOException {
        cut(30);
    }

    @Test
    @Tag("long")
    void logCutAtTwoHundredRandomBytesLeavesWholeGroups() throws IOException {
        cut(200);
    }

    private void cut(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            long length = random.nextLong(logBytes.getLast() + 1);
            int whole = (int) logBytes.stream().filter(end -> end <= length).count() - 1;
            Path files = copyOf(i % 6 == 5 ? closed : crashed);
            truncate(log(files), length);
            int groups = i % 6 == 5 ? GROUPS : Math.max(whole, checkpointed);
            if (i % 10 == 0) {
                assertHolds(files, groups);
            } else {
                try (DuckDbEventStore store = open(files)) {
                    assertThat(GroupHistory.read(store)).as("seed %d", seed).isEqualTo(history.state(groups));
                }
            }
        }
    }

    @Test
    void lastGroupWithADamagedByteIsDropped() throws IOException {
        for (int i = 0; i < 5; i++) {
            Path files = copyOf(crashed);
            long from = logBytes.get(GROUPS - 1);
            flip(log(files), random.nextLong(from, logBytes.get(GROUPS)));

            assertHolds(files, GROUPS - 1);
        }
    }

    @Test
    void zerosBehindTheLastGroupAreDropped() throws IOException {
        Path files = copyOf(crashed);
        truncate(log(files), logBytes.getLast() + 4_096);

        assertHolds(files, GROUPS);
    }

    @Test
    void emptySegmentAtTheEndIsWrittenOn() throws IOException {
        Path files = copyOf(crashed);
        Files.createFile(log(files).resolveSibling("events-0000000000000999999.wal"));

        assertHolds(files, GROUPS);
    }

    @Test
    void missingKeyFilesAreRebuilt() throws IOException {
        for (Path from : List.of(crashed, closed)) {
            Path files = copyOf(from);
            try (Stream<Path> keys = Files.list(files.resolve("keys"))) {
                for (Path file : keys.toList()) {
                    Files.delete(file);
                }
            }

            assertHolds(files, GROUPS);
        }
    }

    @Test
    void cutKeyFilesAreRebuilt() throws IOException {
        for (Path from : List.of(crashed, closed)) {
            Path files = copyOf(from);
            try (Stream<Path> keys = Files.list(files.resolve("keys"))) {
                for (Path file : keys.toList()) {
                    truncate(file, random.nextLong(Files.size(file)));
                }
            }

            assertHolds(files, GROUPS);
        }
    }

    @Test
    void keyFilesWithDamagedBlockStartsAreRebuilt() throws IOException {
        Path files = copyOf(closed);
        try (Stream<Path> keys = Files.list(files.resolve("keys"))) {
            for (Path file : keys.toList()) {
                flip(file, Files.size(file) - 60);
            }
        }

        assertHolds(files, GROUPS);
    }

    @Test
    void folderWithoutItsDatabaseIsFilledFromTheLog() throws IOException {
        Path files = copyOf(crashed);
        Files.delete(files.resolve("events.duckdb"));

        assertHolds(files, GROUPS);
    }

    @Test
    void logThatLacksItsBeginningIsRefusedAndLetsGoOfTheFolder() throws IOException {
        Path files = copyOf(crashed);
        Files.delete(files.resolve("events.duckdb"));
        byte[] log = Files.readAllBytes(log(files));
        int second = Math.toIntExact(logBytes.get(1));
        Files.write(log(files), Arrays.copyOfRange(log, second, log.length));

        assertThatThrownBy(() -> open(files))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("missing or cut");

        Files.write(log(files), log);
        assertHolds(files, GROUPS);
    }

    @Test
    void crashAfterEachRecoveryLosesNothing() throws IOException {
        Path files = copyOf(crashed);
        for (int i = 0; i < 5; i++) {
            int groups = history.groups();
            Path next = directory.resolve("again-" + i);
            try (DuckDbEventStore store = open(files)) {
                assertThat(GroupHistory.read(store)).as("seed %d", seed).isEqualTo(history.state(groups));
                history.writeGroup(store);
                if (i % 2 == 0) {
                    store.fold();
                }
                history.writeGroup(store);
                copy(files, next);
            }
            files = next;
        }
        assertHolds(files, history.groups());
    }

    /** The store holds what it held after so many groups, knows the versions of all of it, and takes more. */
    private void assertHolds(Path files, int groups) throws IOException {
        Map<String, String> expected = history.state(groups);
        try (DuckDbEventStore store = open(files)) {
            assertThat(GroupHistory.read(store)).as("seed %d", seed).isEqualTo(expected);
        }
        Map<String, String> after;
        try (DuckDbEventStore store = open(files)) {
            assertThat(GroupHistory.read(store)).as("seed %d", seed).isEqualTo(expected);
            Outcome late = history.writeLateVersions(store);
            assertThat(late.ignored()).as("seed %d", seed).isEqualTo(expected.size());
            assertThat(late.created()).as("seed %d", seed).isEqualTo(history.idsEverSeen() - expected.size());
            after = GroupHistory.read(store);
        }
        Map<String, String> kept = new HashMap<>(after);
        kept.keySet().retainAll(expected.keySet());
        assertThat(kept).as("seed %d", seed).isEqualTo(expected);
        try (DuckDbEventStore store = open(files)) {
            assertThat(GroupHistory.read(store)).as("seed %d", seed).isEqualTo(after);
        }
    }

    private static DuckDbEventStore open(Path files) {
        DuckDbOptions options = DuckDbOptions.DEFAULT.withFoldRows(1_000_000).withThreads(1);
        return DuckDbEventStore.open(files, InstantSource.system(), options);
    }

    private Path copyOf(Path files) throws IOException {
        Path copy = directory.resolve("copy-" + copies++);
        copy(files, copy);
        return copy;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static Path log(Path files) throws IOException {
        try (Stream<Path> segments = Files.list(files.resolve("log"))) {
            return segments.sorted().findFirst().orElseThrow(() -> new FileSystemException("no log in " + files));
        }
    }

    private static void truncate(Path file, long length) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(length);
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int was = bytes.read();
            bytes.seek(at);
            bytes.write(was ^ 1 << 3);
        }
    }
}
