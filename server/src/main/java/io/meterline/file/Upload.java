package io.meterline.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that came in and lies on the disk, durable. Closing it removes it, unless it has become an import. */
public final class Upload implements AutoCloseable {

    private final String id;
    private final Path file;
    private final long bytes;
    private final String sha256;
    private boolean taken;

    Upload(String id, Path file, long bytes, String sha256) {
        this.id = id;
        this.file = file;
        this.bytes = bytes;
        this.sha256 = sha256;
    }

    /** The id that its import will have. */
    String id() {
        return id;
    }

    long bytes() {
        return bytes;
    }

    /** The digest of its bytes, unpacked, in hexadecimal digits. */
    public String sha256() {
        return sha256;
    }

    void take() {
        taken = true;
    }

    @Override
    public void close() throws IOException {
        if (!taken) {
            Files.deleteIfExists(file);
        }
    }
}
