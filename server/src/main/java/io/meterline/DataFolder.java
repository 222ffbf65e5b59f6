package io.meterline;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The folder of all files, held by one process at a time. */
final class DataFolder implements AutoCloseable {

    private static final String LOCK_FILE = "meterline.lock";

    private final FileChannel channel;

    private DataFolder(FileChannel channel) {
        this.channel = channel;
    }

    /** Creates the folder if need be and takes its lock. Throws {@link StartException} when that cannot be. */
    static DataFolder open(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new StartException("Another Meterline is running on the folder " + folder.toAbsolutePath()
                        + ". Stop it, or choose another folder with --data.");
            }
            return new DataFolder(channel);
        } catch (IOException e) {
            throw new StartException(
                    "The data folder " + folder.toAbsolutePath() + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
