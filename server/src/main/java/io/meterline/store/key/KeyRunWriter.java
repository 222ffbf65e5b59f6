package io.meterline.store.key;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Writes a key file: the entries, the first hash of every block, the words of the Bloom filter, and a footer with the
 * three counts, a checksum over filter and block starts, and a mark.
 */
final class KeyRunWriter implements AutoCloseable {

    private static final long MARK = 0x4D4C_4B45_5946_3031L;
    private static final int FOOTER_BYTES = 5 * Long.BYTES;

    private final Path path;
    private final FileChannel channel;
    private final BloomFilter filter;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 18);
    private long[] blockStarts = new long[1024];
    private long size;

    /** Begins a file for at most {@code expectedKeys} entries, which come in order. */
    KeyRunWriter(Path path, long expectedKeys) throws IOException {
        this.path = path;
        this.filter = new BloomFilter(expectedKeys);
        this.channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    void add(long[] entries, int at) throws IOException {
        if (size % KeyRun.BLOCK == 0) {
            int block = (int) (size / KeyRun.BLOCK);
            if (block == blockStarts.length) {
                blockStarts = Arrays.copyOf(blockStarts, block * 2);
            }
            blockStarts[block] = entries[at];
        }
        filter.add(entries[at], entries[at + 1]);
        for (int i = 0; i < KeyEntry.LONGS; i++) {
            putLong(entries[at + i]);
        }
        size++;
    }

    /** Finishes the file, forces it to disk and opens it. */
    KeyRun finish() throws IOException {
        long[] starts = Arrays.copyOf(blockStarts, (int) ((size + KeyRun.BLOCK - 1) / KeyRun.BLOCK));
        for (long start : starts) {
            putLong(start);
        }
        for (long word : filter.words()) {
            putLong(word);
        }
        putLong(size);
        putLong(starts.length);
        putLong(filter.words().length);
        putLong(checksum(starts, filter.words()));
        putLong(MARK);
        flush();
        channel.force(true);
        return new KeyRun(path, size, filter, starts);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Opens a finished file. Throws {@code IOException} when it is missing, cut or damaged. */
    static KeyRun open(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long[] footer = read(channel, channel.size() - FOOTER_BYTES, 5);
            long size = footer[0];
            long tailBytes = (footer[1] + footer[2]) * Long.BYTES + FOOTER_BYTES;
            if (footer[4] != MARK || channel.size() != size * KeyRun.ENTRY_BYTES + tailBytes) {
                throw new IOException("The key file " + path + " is damaged");
            }
            long startsAt = size * KeyRun.ENTRY_BYTES;
            long[] starts = read(channel, startsAt, (int) footer[1]);
            long[] words = read(channel, startsAt + footer[1] * Long.BYTES, (int) footer[2]);
            if (checksum(starts, words) != footer[3]) {
                throw new IOException("The key file " + path + " is damaged");
            }
            return new KeyRun(path, size, new BloomFilter(words), starts);
        }
    }

    private static long[] read(FileChannel channel, long from, int count) throws IOException {
        if (from < 0) {
            throw new IOException("a key file is too short");
        }
        ByteBuffer bytes = ByteBuffer.allocate(count * Long.BYTES);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new IOException("a key file ends early");
            }
        }
        long[] longs = new long[count];
        bytes.flip().asLongBuffer().get(longs);
        return longs;
    }

    private static long checksum(long[] starts, long[] words) {
        CRC32C crc = new CRC32C();
        for (long[] part : new long[][] {starts, words}) {
            ByteBuffer bytes = ByteBuffer.allocate(part.length * Long.BYTES);
            bytes.asLongBuffer().put(part);
            crc.update(bytes);
        }
        return crc.getValue();
    }

    private void putLong(long value) throws IOException {
        if (buffer.remaining() < Long.BYTES) {
            flush();
        }
        buffer.putLong(value);
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }
}
