package io.meterline.customer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A bounded cache whose entries hold as long as nothing they were read from has changed.
 *
 * <p>Each entry carries the generation that was current before it was read, and a change raises the generation after its
 * commit. So an entry that was read before a change is never used after the change was answered, however long its reader
 * took to store it. A hit takes no lock.
 */
final class Remembered<K, V> {

    private final AtomicLong generation;
    private final Cache<K, Entry<V>> entries;

    private record Entry<V>(V value, long generation) {}

    Remembered(AtomicLong generation, int most) {
        this.generation = generation;
        this.entries = Caffeine.newBuilder().maximumSize(most).build();
    }

    @Nullable
    V get(K key) {
        Entry<V> entry = entries.getIfPresent(key);
        return entry != null && entry.generation() == generation.get() ? entry.value() : null;
    }

    /** Keeps a value that was read after the generation was {@code readAt}. */
    void put(K key, V value, long readAt) {
        entries.put(key, new Entry<>(value, readAt));
    }
}
