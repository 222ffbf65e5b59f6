package io.meterline.file;

import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.store.DiskSpace;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Where uploads lie until they are imported. */
final class UploadFolder {

    private static final int BUFFER_BYTES = 64 << 10;
    private static final long ROOM_EVERY_BYTES = 16L << 20;
    private static final int ID_BYTES = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final long maxBytes;
    private final DiskSpace disk;

    UploadFolder(Path folder, long maxBytes, DiskSpace disk) {
        this.disk = disk;
        this.folder = folder;
        this.maxBytes = maxBytes;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the folder for uploads " + folder, e);
        }
    }

    Path file(String id) {
        return folder.resolve(id);
    }

    /** Removes what no import needs: uploads that a stop of the server cut off. */
    void keepOnly(Set<String> ids) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (!ids.contains(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tidy the folder for uploads " + folder, e);
        }
    }

    /** Writes a file down; gzip is unpacked. Throws {@link RuleException}. */
    Upload receive(InputStream sent) throws IOException {
        byte[] random = new byte[ID_BYTES];
        RANDOM.nextBytes(random);
        String id = "imp_" + HexFormat.of().formatHex(random);
        Path file = file(id);
        boolean complete = false;
        try {
            MessageDigest digest = sha256();
            long bytes = write(unpacked(sent), file, digest);
            complete = true;
            return new Upload(id, file, bytes, HexFormat.of().formatHex(digest.digest()));
        } finally {
            if (!complete) {
                Files.deleteIfExists(file);
            }
        }
    }

    private long write(InputStream in, Path file, MessageDigest digest) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            OutputStream out = Channels.newOutputStream(channel);
            byte[] buffer = new byte[BUFFER_BYTES];
            long bytes = 0;
            long checkedAt = -ROOM_EVERY_BYTES;
            for (int count = read(in, buffer); count >= 0; count = read(in, buffer)) {
                if (bytes - checkedAt >= ROOM_EVERY_BYTES) {
                    disk.require();
                    checkedAt = bytes;
                }
                bytes += count;
                if (bytes > maxBytes) {
                    throw new RuleException(
                            Kind.TOO_LARGE,
                            "file_too_large",
                            "The file is larger than " + maxBytes
                                    + " bytes (unpacked). Split it, or raise the setting imports.max_size.");
                }
                out.write(buffer, 0, count);
                digest.update(buffer, 0, count);
            }
            channel.force(true);
            directory.force(true);
            return bytes;
        }
    }

    private static InputStream unpacked(InputStream sent) throws IOException {
        PushbackInputStream in = new PushbackInputStream(sent, 2);
        byte[] magic = in.readNBytes(2);
        in.unread(magic);
        boolean packed = magic.length == 2 && magic[0] == (byte) 0x1F && magic[1] == (byte) 0x8B;
        try {
            return packed ? new GZIPInputStream(in, BUFFER_BYTES) : in;
        } catch (ZipException | EOFException e) {
            throw notGzip();
        }
    }

    private static int read(InputStream in, byte[] buffer) throws IOException {
        try {
            return in.read(buffer);
        } catch (ZipException | EOFException e) {
            throw notGzip();
        }
    }

    private static RuleException notGzip() {
        return new RuleException(
                Kind.INVALID, "invalid_gzip", "The file begins like gzip and is not complete gzip. Send it again.");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
