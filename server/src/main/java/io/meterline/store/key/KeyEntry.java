package io.meterline.store.key;

/**
 * What the index knows of the current version of a key. Mutable and reused, so that a lookup allocates nothing.
 *
 * <p>A key that was removed keeps an entry that is {@link #removed}, which hides older entries in the files.
 */
public final class KeyEntry {

    static final int LONGS = 6;
    private static final int TYPE_BITS = 16;
    private static final long REMOVED = -1;

    public long version;
    public long sequence;
    /** Half of a hash of the whole content, to tell a pulled row that has not changed; 0 when there is none. */
    public long fingerprint;

    private long place;

    /** Where the record is. */
    public void place(long customer, int type) {
        place = customer << TYPE_BITS | type;
    }

    public void markRemoved() {
        place = REMOVED;
    }

    public boolean removed() {
        return place == REMOVED;
    }

    /** Number of the record's customer. */
    public long customer() {
        return place >> TYPE_BITS;
    }

    /** Number of the record's event type. */
    public int type() {
        return (int) (place & 0xFFFF);
    }

    void read(long[] from, int at) {
        version = from[at + 2];
        sequence = from[at + 3];
        fingerprint = from[at + 4];
        place = from[at + 5];
    }

    void write(long high, long low, long[] to, int at) {
        to[at] = high;
        to[at + 1] = low;
        to[at + 2] = version;
        to[at + 3] = sequence;
        to[at + 4] = fingerprint;
        to[at + 5] = place;
    }

    static boolean removed(long[] entries, int at) {
        return entries[at + 5] == REMOVED;
    }
}
