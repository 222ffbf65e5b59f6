package io.meterline.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The log as a folder of segments, named by the first sequence that they may hold.
 *
 * <p>Frames are written to the last segment and forced to disk together. A last segment that ends in half a frame was cut
 * by a crash before anybody was told that the frame is safe; the half frame is dropped at {@link #replay}. Not safe for use
 * by several threads, except {@link #dropThrough}.
 */
public final class EventLog implements AutoCloseable {

    private static final String PREFIX = "events-";
    private static final String SUFFIX = ".wal";
    private static final long SEGMENT_BYTES = 64L << 20;
    private static final int PROBE_BYTES = 64 << 10;

    private final Path folder;
    private final NavigableMap<Long, Path> segments;
    private final long segmentBytes;
    private final Opener opener;
    private FileChannel last;
    private long nextSequence;
    private boolean broken;
    private volatile boolean full;

    /** Opens the file of a segment to be written at its end; a test gives one that fails. */
    @FunctionalInterface
    public interface Opener {
        FileChannel open(Path segment, OpenOption... options) throws IOException;
    }

    private EventLog(
            Path folder,
            NavigableMap<Long, Path> segments,
            FileChannel last,
            long nextSequence,
            long segmentBytes,
            Opener opener) {
        this.folder = folder;
        this.segments = segments;
        this.segmentBytes = segmentBytes;
        this.opener = opener;
        this.last = last;
        this.nextSequence = nextSequence;
    }

    /**
     * Reads what the database lacks, and cuts off a half frame at the end.
     *
     * @param appliedSequence the last sequence that the database holds
     * @param replay called for each frame after it, in order
     * @return the last sequence of the log, or {@code appliedSequence} when that is later
     * @throws IOException also when a segment is damaged before its end, where acknowledged events would be lost
     */
    public static long replay(Path folder, long appliedSequence, Consumer<Frame> replay) throws IOException {
        Files.createDirectories(folder);
        NavigableMap<Long, Path> segments = segmentsIn(folder);
        long lastSequence = appliedSequence;
        for (var segment : segments.entrySet()) {
            Long next = segments.higherKey(segment.getKey());
            if (next == null || next > appliedSequence + 1) {
                lastSequence =
                        SegmentReplay.replay(segment.getValue(), next == null, lastSequence, appliedSequence, replay);
            }
        }
        return lastSequence;
    }

    /** Opens the log, after {@link #replay}, to write on with the sequence {@code nextSequence}. */
    public static EventLog open(Path folder, long nextSequence) throws IOException {
        return open(folder, nextSequence, FileChannel::open);
    }

    /** The same with files that are opened in another way, as by a test. */
    public static EventLog open(Path folder, long nextSequence, Opener opener) throws IOException {
        return open(folder, nextSequence, SEGMENT_BYTES, opener);
    }

    static EventLog open(Path folder, long nextSequence, long segmentBytes) throws IOException {
        return open(folder, nextSequence, segmentBytes, FileChannel::open);
    }

    static EventLog open(Path folder, long nextSequence, long segmentBytes, Opener opener) throws IOException {
        Files.createDirectories(folder);
        NavigableMap<Long, Path> segments = segmentsIn(folder);
        FileChannel last;
        if (segments.isEmpty()) {
            last = begin(folder, segments, nextSequence, opener);
        } else {
            last = opener.open(segments.lastEntry().getValue(), StandardOpenOption.WRITE);
            last.position(last.size());
        }
        return new EventLog(folder, segments, last, nextSequence, segmentBytes, opener);
    }

    /** The sequence that the next change will begin with. */
    public long nextSequence() {
        return nextSequence;
    }

    /**
     * Writes the changes as one frame each and returns once all of them survive a crash.
     *
     * @param encoded changes as {@link ChangeCodec} wrote them
     * @param sizes {@link Change#size} of each
     * @return the first sequence of the first change
     */
    public long write(List<byte[]> encoded, int[] sizes, long acceptedAtMicros) throws IOException {
        if (last.position() >= segmentBytes || (full && last.position() > 0)) {
            FileChannel before = last;
            synchronized (segments) {
                last = begin(folder, segments, nextSequence, opener);
            }
            full = false;
            before.close();
        }
        long first = nextSequence;
        long sequence = first;
        ByteBuffer[] parts = new ByteBuffer[encoded.size() * 2];
        for (int i = 0; i < encoded.size(); i++) {
            byte[] body = encoded.get(i);
            parts[2 * i] = FrameFormat.header(sequence, acceptedAtMicros, body);
            parts[2 * i + 1] = ByteBuffer.wrap(body);
            sequence += sizes[i];
        }
        writeAll(parts);
        nextSequence = sequence;
        return first;
    }

    /** The next write goes into a segment of its own, so that those before can be dropped. Safe to call from any thread. */
    public void beginSegmentBeforeNextWrite() {
        full = true;
    }

    /** The least sequence that the log may still hold. Safe to call from any thread. */
    public long firstSequence() {
        synchronized (segments) {
            return segments.firstKey();
        }
    }

    /** Whether a sync failed, so that nobody knows what is on the disk and nothing more is written until it is opened again. */
    public boolean isBroken() {
        return broken;
    }

    /** Whether a write would find room and no fault; tried with one that leaves nothing behind. */
    public boolean canBeWritten() {
        if (broken) {
            return false;
        }
        try {
            long before = last.position();
            try {
                writeFully(new ByteBuffer[] {ByteBuffer.allocate(PROBE_BYTES)});
            } finally {
                cutTo(before);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The size of all segments, bytes. Safe to call from any thread. */
    public long bytes() {
        List<Path> files;
        synchronized (segments) {
            files = List.copyOf(segments.values());
        }
        return files.stream().mapToLong(file -> file.toFile().length()).sum();
    }

    /** Removes segments that hold nothing later than this sequence. Safe to call from any thread. */
    public void dropThrough(long sequence) throws IOException {
        List<Path> unneeded = new ArrayList<>();
        synchronized (segments) {
            while (segments.size() > 1 && segments.higherKey(segments.firstKey()) <= sequence + 1) {
                unneeded.add(segments.pollFirstEntry().getValue());
            }
        }
        for (Path segment : unneeded) {
            Files.deleteIfExists(segment);
        }
    }

    @Override
    public void close() throws IOException {
        last.close();
    }

    // A write that fails, as on a full disk, leaves the log as it was. After a sync that fails nobody knows what is on
    // the
    // disk, and asking again would get a false yes: the log takes nothing more until it is opened again.
    private void writeAll(ByteBuffer[] parts) throws IOException {
        if (broken) {
            throw new IOException("an earlier sync of the log failed; restart to see what is on the disk");
        }
        long before = last.position();
        try {
            writeFully(parts);
        } catch (IOException e) {
            cutTo(before);
            throw e;
        }
        broken = true;
        last.force(false);
        broken = false;
    }

    private void cutTo(long position) throws IOException {
        broken = true;
        last.truncate(position);
        broken = false;
    }

    private void writeFully(ByteBuffer[] parts) throws IOException {
        int done = 0;
        while (done < parts.length) {
            last.write(parts, done, parts.length - done);
            while (done < parts.length && !parts[done].hasRemaining()) {
                done++;
            }
        }
    }

    private static FileChannel begin(Path folder, NavigableMap<Long, Path> segments, long sequence, Opener opener)
            throws IOException {
        Path path = folder.resolve("%s%019d%s".formatted(PREFIX, sequence, SUFFIX));
        FileChannel channel =
                opener.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
            directory.force(true);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        segments.put(sequence, path);
        return channel;
    }

    private static NavigableMap<Long, Path> segmentsIn(Path folder) throws IOException {
        NavigableMap<Long, Path> segments = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> {
                String name = file.getFileName().toString();
                if (name.startsWith(PREFIX) && name.endsWith(SUFFIX)) {
                    segments.put(
                            Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length())), file);
                }
            });
        }
        return segments;
    }
}
