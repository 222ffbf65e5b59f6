package io.meterline.store;

import io.meterline.event.Timestamps;
import io.meterline.store.OverloadedException.Reason;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * How much room the disk has left. Below a reserve nothing new is taken, so that what was taken can be finished: the log
 * be folded, the databases be written.
 *
 * <p>Safe for use by many threads. The disk is looked at ten times a second at most.
 */
public final class DiskSpace {

    /** A disk that is never full. */
    public static final DiskSpace ENDLESS = new DiskSpace(() -> Long.MAX_VALUE, 0, InstantSource.system());

    private static final long KEEP_MICROS = 100_000;
    private static final int FOLDS_SHARE = 4;

    private final Free disk;
    private final long reserveBytes;
    private final InstantSource clock;
    private volatile Look last = new Look(Long.MAX_VALUE, Long.MIN_VALUE);

    /** Where the figure comes from. */
    @FunctionalInterface
    public interface Free {
        long bytes() throws IOException;
    }

    private record Look(long freeBytes, long atMicros) {}

    /** The room for a disk, with a reserve in bytes. */
    public DiskSpace(Free disk, long reserveBytes, InstantSource clock) {
        this.disk = disk;
        this.reserveBytes = reserveBytes;
        this.clock = clock;
    }

    /** The disk that a folder lies on. */
    public static DiskSpace of(Path folder, long reserveBytes, InstantSource clock) throws IOException {
        FileStore store = Files.getFileStore(folder);
        return new DiskSpace(store::getUsableSpace, reserveBytes, clock);
    }

    /** Throws {@link OverloadedException} when there is less room than the reserve. */
    public void require() {
        if (isLow()) {
            throw full();
        }
    }

    /** Whether there is less room than the reserve. */
    public boolean isLow() {
        return freeBytes() < reserveBytes;
    }

    /** Whether the reserve itself is nearly used up, so that nothing large should be begun. */
    public boolean isVeryLow() {
        return freeBytes() < reserveBytes / FOLDS_SHARE;
    }

    /** Whether it was a full disk that made a write fail. */
    public boolean explains(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("No space left") || message.contains("quota exceeded") || look().freeBytes() < 1 << 20;
    }

    /** What is thrown when there is no room. */
    public static OverloadedException full() {
        return new OverloadedException(
                Reason.DISK_FULL,
                "The server's disk is full, so nothing was taken. Send the request again when there is room.");
    }

    /** Bytes that can still be written; of the last look when the disk does not answer. */
    public long freeBytes() {
        long now = Timestamps.micros(clock.instant());
        Look known = last;
        return known.atMicros() <= now && now < known.atMicros() + KEEP_MICROS ? known.freeBytes() : look().freeBytes();
    }

    public long reserveBytes() {
        return reserveBytes;
    }

    private Look look() {
        try {
            last = new Look(disk.bytes(), Timestamps.micros(clock.instant()));
        } catch (IOException e) {
            // A disk that cannot be asked shows itself where it is written.
            last = new Look(last.freeBytes(), Timestamps.micros(clock.instant()));
        }
        return last;
    }
}
