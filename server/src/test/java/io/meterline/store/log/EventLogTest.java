package io.meterline.store.log;

import static io.meterline.store.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventLogTest {

    private static final long SMALL = 400;

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReplayedInOrder() throws IOException {
        try (EventLog log = EventLog.open(folder, 1)) {
            assertThat(write(log, 2, 3)).isEqualTo(1);
            assertThat(write(log, 1)).isEqualTo(6);
            assertThat(log.nextSequence()).isEqualTo(7);
        }

        List<Frame> frames = new ArrayList<>();
        assertThat(EventLog.replay(folder, 0, frames::add)).isEqualTo(6);
        assertThat(frames).extracting(Frame::firstSequence).containsExactly(1L, 3L, 6L);
        assertThat(frames).extracting(Frame::change).containsExactly(change(2), change(3), change(1));
        assertThat(frames).extracting(Frame::acceptedAtMicros).containsOnly(77L);
    }

    @Test
    void whatTheDatabaseHasIsNotReplayed() throws IOException {
        try (EventLog log = EventLog.open(folder, 1)) {
            write(log, 2, 3, 1);
        }

        assertThat(firstSequences(2)).containsExactly(3L, 6L);
        assertThat(firstSequences(6)).isEmpty();
        assertThat(EventLog.replay(folder, 9, _ -> {})).isEqualTo(9);
    }

    @Test
    void fullSegmentsAreLeftAndDroppedOnceTheirEventsAreSafe() throws IOException {
        try (EventLog log = EventLog.open(folder, 1, SMALL)) {
            for (int i = 0; i < 20; i++) {
                write(log, 2);
            }
            List<Path> all = segments();
            assertThat(all).hasSizeGreaterThan(4);

            log.dropThrough(firstOf(all.get(2)) - 2);
            assertThat(segments()).isEqualTo(all.subList(1, all.size()));
            log.dropThrough(firstOf(all.get(2)) - 1);
            assertThat(segments()).isEqualTo(all.subList(2, all.size()));
            log.dropThrough(1_000);
            assertThat(segments()).containsExactly(all.getLast());
        }

        assertThat(EventLog.replay(folder, 39, _ -> {})).isEqualTo(40);
    }

    @Test
    void segmentsAreReplayedOneAfterTheOther() throws IOException {
        try (EventLog log = EventLog.open(folder, 1, SMALL)) {
            for (int i = 0; i < 20; i++) {
                write(log, 1);
            }
        }

        assertThat(firstSequences(0))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 20).mapToObj(i -> (long) i).toList());
        assertThat(firstSequences(12)).first().isEqualTo(13L);
    }

    @Test
    void logCutAnywhereEndsWithItsLastWholeFrameAndIsWrittenOn() throws IOException {
        try (EventLog log = EventLog.open(folder, 1)) {
            write(log, 1);
            write(log, 1);
        }
        byte[] whole = Files.readAllBytes(segments().getFirst());
        for (int length = 0; length <= whole.length; length++) {
            Path cut = Files.createDirectory(folder.resolve("cut-" + length));
            Files.write(cut.resolve("events-0000000000000000001.wal"), Arrays.copyOf(whole, length));
            int frames = length == whole.length ? 2 : length >= whole.length / 2 ? 1 : 0;

            long last = EventLog.replay(cut, 0, _ -> {});
            assertThat(last).as("cut at %d of %d", length, whole.length).isEqualTo(frames);
            try (EventLog log = EventLog.open(cut, last + 1)) {
                write(log, 5);
            }
            assertThat(EventLog.replay(cut, 0, _ -> {})).isEqualTo(frames + 5);
        }
    }

    @Test
    void everyDamagedByteOfTheLastFrameIsNoticed() throws IOException {
        try (EventLog log = EventLog.open(folder, 1)) {
            write(log, 1);
            write(log, 1);
        }
        byte[] whole = Files.readAllBytes(segments().getFirst());
        for (int at = whole.length / 2; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            Files.write(segments().getFirst(), damaged);

            assertThat(EventLog.replay(folder, 0, _ -> {})).as("byte %d", at).isEqualTo(1);
        }
    }

    @Test
    void damageBeforeTheLastSegmentIsRefused() throws IOException {
        try (EventLog log = EventLog.open(folder, 1, SMALL)) {
            for (int i = 0; i < 10; i++) {
                write(log, 2);
            }
        }
        Path first = segments().getFirst();
        byte[] whole = Files.readAllBytes(first);
        byte[] damaged = whole.clone();
        damaged[100] ^= 1;
        Files.write(first, damaged);

        assertThatThrownBy(() -> firstSequences(0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged at byte");
        Files.write(first, Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> firstSequences(0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged at byte");
        Files.write(first, new byte[0]);
        assertThatThrownBy(() -> firstSequences(0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing or cut");
        Files.delete(first);
        assertThatThrownBy(() -> firstSequences(0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing or cut");
        assertThat(firstSequences(20)).isEmpty();
    }

    @Test
    void frameOfALaterVersionIsRefusedAndKept() throws IOException {
        try (EventLog log = EventLog.open(folder, 1)) {
            log.write(List.of(new byte[] {9, (byte) Environment.LIVE.code(), 0}), new int[] {1}, 77);
        }
        long size = Files.size(segments().getFirst());

        assertThatThrownBy(() -> firstSequences(0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("kind 9");
        assertThat(segments().getFirst()).hasSize(size);
    }

    @Test
    void zerosAtTheEndAreDropped() throws IOException {
        try (EventLog log = EventLog.open(folder, 1)) {
            write(log, 1);
        }
        long size = Files.size(segments().getFirst());
        try (RandomAccessFile file = new RandomAccessFile(segments().getFirst().toFile(), "rw")) {
            file.setLength(size + 10_000);
        }

        assertThat(firstSequences(0)).containsExactly(1L);
        assertThat(segments().getFirst()).hasSize(size);
    }

    @Test
    void segmentThatCannotBeBegunFailsTheWriteAndNotTheLog() throws IOException {
        try (EventLog log = EventLog.open(folder, 1, SMALL)) {
            write(log, 20);
            Path inTheWay = folder.resolve("events-0000000000000000021.wal");
            Files.createDirectory(inTheWay);
            assertThatThrownBy(() -> write(log, 1)).isInstanceOf(IOException.class);

            Files.delete(inTheWay);
            assertThat(write(log, 1)).isEqualTo(21);
        }
        assertThat(firstSequences(0)).containsExactly(1L, 21L);
    }

    @Test
    void aDiskThatIsFullInTheMiddleOfAWriteLeavesTheLogAsItWas() throws IOException {
        SmallDisk disk = new SmallDisk();
        try (EventLog log = EventLog.open(folder, 1, disk)) {
            write(log, 2);
            long size = Files.size(segments().getFirst());
            for (long room : new long[] {0, 1, 30, 100}) {
                disk.room(room);
                assertThatThrownBy(() -> write(log, 20, 3)).hasMessageContaining("No space");
                assertThat(log.canBeWritten()).isFalse();
                assertThat(log.isBroken()).isFalse();
                assertThat(segments().getFirst()).hasSize(size);
            }
            disk.room(Long.MAX_VALUE);
            assertThat(log.canBeWritten()).isTrue();
            assertThat(segments().getFirst()).hasSize(size);
            assertThat(write(log, 1)).isEqualTo(3);
        }
        assertThat(firstSequences(0)).containsExactly(1L, 3L);
    }

    private List<Long> firstSequences(long applied) throws IOException {
        List<Long> sequences = new ArrayList<>();
        EventLog.replay(folder, applied, frame -> sequences.add(frame.firstSequence()));
        return sequences;
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static long firstOf(Path segment) {
        return Long.parseLong(segment.getFileName().toString().replaceAll("\\D", ""));
    }

    /** Writes a change of each size together. */
    private static long write(EventLog log, int... sizes) throws IOException {
        List<byte[]> encoded = IntStream.of(sizes)
                .mapToObj(size -> ChangeCodec.encode(change(size)))
                .toList();
        return log.write(encoded, sizes, 77);
    }

    private static Change change(int size) {
        List<Event> events = IntStream.range(0, size)
                .mapToObj(i -> event("sales").id(i).with("p", i).build())
                .toList();
        return new Change.Append(Environment.LIVE, events);
    }
}
