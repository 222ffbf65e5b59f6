package io.meterline.store.key;

import java.util.Arrays;

/**
 * Keys in memory: open addressing, the slot taken from the top bits of the hash.
 *
 * <p>So the table in slot order is nearly sorted already, which makes {@link #sorted} cheap.
 */
final class KeyTable {

    private static final int SEQUENCE = 3;
    private static final int SMALLEST_BITS = 12;

    private long[] slots = new long[KeyEntry.LONGS << SMALLEST_BITS];
    private int bits = SMALLEST_BITS;
    private int size;

    int size() {
        return size;
    }

    /** Fills {@code entry} and returns true when the key is here. */
    boolean find(long high, long low, KeyEntry entry) {
        int at = slotOf(high, low);
        if (slots[at + SEQUENCE] == 0) {
            return false;
        }
        entry.read(slots, at);
        return true;
    }

    void put(long high, long low, KeyEntry entry) {
        int at = slotOf(high, low);
        if (slots[at + SEQUENCE] == 0) {
            size++;
        }
        entry.write(high, low, slots, at);
        if (size > (1 << bits) * 3 / 5) {
            grow();
        }
    }

    /** All entries, {@link KeyEntry#LONGS} longs each, by signed order of the two halves of the hash. */
    long[] sorted() {
        long[] entries = new long[size * KeyEntry.LONGS];
        int filled = 0;
        for (int at = 0; at < slots.length; at += KeyEntry.LONGS) {
            if (slots[at + SEQUENCE] != 0) {
                insert(entries, filled, at);
                filled += KeyEntry.LONGS;
            }
        }
        return entries;
    }

    private void insert(long[] entries, int filled, int from) {
        long high = slots[from];
        long low = slots[from + 1];
        int at = filled;
        while (at > 0
                && KeyRun.compare(entries[at - KeyEntry.LONGS], entries[at - KeyEntry.LONGS + 1], high, low) > 0) {
            at -= KeyEntry.LONGS;
        }
        System.arraycopy(entries, at, entries, at + KeyEntry.LONGS, filled - at);
        System.arraycopy(slots, from, entries, at, KeyEntry.LONGS);
    }

    /** The slot that holds the key, or the free one where it belongs. Probing does not wrap: the table has a spill area. */
    private int slotOf(long high, long low) {
        int at = (int) ((high ^ Long.MIN_VALUE) >>> (Long.SIZE - bits)) * KeyEntry.LONGS;
        while (slots[at + SEQUENCE] != 0 && (slots[at] != high || slots[at + 1] != low)) {
            at += KeyEntry.LONGS;
            if (at == slots.length) {
                slots = Arrays.copyOf(slots, slots.length + KeyEntry.LONGS * 64);
            }
        }
        return at;
    }

    private void grow() {
        long[] old = slots;
        bits++;
        slots = new long[KeyEntry.LONGS << bits];
        for (int at = 0; at < old.length; at += KeyEntry.LONGS) {
            if (old[at + SEQUENCE] != 0) {
                int to = slotOf(old[at], old[at + 1]);
                System.arraycopy(old, at, slots, to, KeyEntry.LONGS);
            }
        }
    }
}
