package io.meterline.store.key;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An immutable file of entries sorted by hash.
 *
 * <p>In memory are only the Bloom filter and the first hash of every block of {@value #BLOCK} entries; a lookup reads one
 * block. Reads go through the page cache and not through a mapping, so that they do not count as memory of the process.
 */
final class KeyRun implements AutoCloseable {

    static final int BLOCK = 64;
    static final int ENTRY_BYTES = KeyEntry.LONGS * Long.BYTES;

    private final Path path;
    private final FileChannel channel;
    private final long size;
    private final BloomFilter filter;
    private final long[] blockStarts;
    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK * ENTRY_BYTES);
    private final long[] entries = new long[BLOCK * KeyEntry.LONGS];

    KeyRun(Path path, long size, BloomFilter filter, long[] blockStarts) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
        this.size = size;
        this.filter = filter;
        this.blockStarts = blockStarts;
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    static int compare(long high, long low, long otherHigh, long otherLow) {
        return high != otherHigh ? Long.compare(high, otherHigh) : Long.compare(low, otherLow);
    }

    /** Fills {@code entry} and returns true when the key is here. */
    boolean find(long high, long low, KeyEntry entry) {
        if (!filter.mayContain(high, low)) {
            return false;
        }
        // The first block that begins after the hash; blocks before it may hold it. Equal halves may span blocks.
        int next = firstBlockAfter(high);
        for (int i = next - 1; i >= 0; i--) {
            int count = load(i);
            for (int at = 0; at < count; at += KeyEntry.LONGS) {
                if (entries[at] == high && entries[at + 1] == low) {
                    entry.read(entries, at);
                    return true;
                }
            }
            if (blockStarts[i] < high) {
                return false;
            }
        }
        return false;
    }

    /** A cursor over all entries, in order. */
    Scan scan() {
        return new Scan();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        close();
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int firstBlockAfter(long high) {
        int from = 0;
        int to = blockStarts.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (blockStarts[middle] <= high) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private int load(int index) {
        return read((long) index * BLOCK, block, entries);
    }

    /** Reads entries from the one at {@code first} on, as many as fit or as there are; returns how many longs. */
    private int read(long first, ByteBuffer buffer, long[] target) {
        int count = (int) Math.min(target.length / KeyEntry.LONGS, size - first);
        buffer.clear().limit(count * ENTRY_BYTES);
        try {
            long at = first * ENTRY_BYTES;
            while (buffer.hasRemaining()) {
                int read = channel.read(buffer, at);
                if (read < 0) {
                    throw new IOException("The key file " + path + " ends early");
                }
                at += read;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        buffer.flip().asLongBuffer().get(target, 0, count * KeyEntry.LONGS);
        return count * KeyEntry.LONGS;
    }

    /** Walks the entries of the run from the least hash to the greatest. */
    final class Scan {
        private static final int ENTRIES = 4096;

        private final ByteBuffer buffer = ByteBuffer.allocate(ENTRIES * ENTRY_BYTES);
        private final long[] page = new long[ENTRIES * KeyEntry.LONGS];
        private int filled;
        private int at;
        private long nextEntry;

        /** True when there is a current entry; call it before each use of {@link #entries}. */
        boolean hasEntry() {
            if (at == filled && nextEntry < size) {
                filled = read(nextEntry, buffer, page);
                nextEntry += filled / KeyEntry.LONGS;
                at = 0;
            }
            return at < filled;
        }

        long[] entries() {
            return page;
        }

        int at() {
            return at;
        }

        void advance() {
            at += KeyEntry.LONGS;
        }
    }
}
