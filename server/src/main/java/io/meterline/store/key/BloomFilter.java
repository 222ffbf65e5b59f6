package io.meterline.store.key;

/**
 * Tells keys that are certainly not in a run from those that perhaps are: 10 bits a key, about 1 % false yes.
 *
 * <p>The key is half of a SHA-256 already, so its two halves serve as the independent hashes.
 */
final class BloomFilter {

    private static final int BITS_PER_KEY = 10;
    private static final int PROBES = 7;

    private final long[] words;

    BloomFilter(long keys) {
        this(new long[(int) Math.min(Integer.MAX_VALUE - 8, Math.max(1, keys * BITS_PER_KEY / Long.SIZE + 1))]);
    }

    BloomFilter(long[] words) {
        this.words = words;
    }

    long[] words() {
        return words;
    }

    void add(long high, long low) {
        long hash = low;
        for (int i = 0; i < PROBES; i++) {
            words[wordOf(hash)] |= 1L << (hash & 63);
            hash += high | 1;
        }
    }

    boolean mayContain(long high, long low) {
        long hash = low;
        for (int i = 0; i < PROBES; i++) {
            if ((words[wordOf(hash)] & 1L << (hash & 63)) == 0) {
                return false;
            }
            hash += high | 1;
        }
        return true;
    }

    private int wordOf(long hash) {
        return (int) Math.unsignedMultiplyHigh(hash, words.length);
    }
}
