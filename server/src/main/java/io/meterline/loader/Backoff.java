package io.meterline.loader;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How often and how soon a run is tried again after a failure that may pass by itself.
 *
 * @param first wait after the first failure; each later one doubles it, up to an hour
 * @param retries how many times, 0 for never
 */
record Backoff(Duration first, int retries) {

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MAX_DOUBLINGS = 20;

    // Ours; SourceException knows those of sources.
    private static final Set<String> TRANSIENT =
            Set.of("interrupted", "store_overloaded", "store_failed", "overloaded", "disk_full");

    static boolean isTransient(String code) {
        return TRANSIENT.contains(code);
    }

    /** Null when it was tried often enough. */
    @Nullable
    Duration after(int failedAttempts) {
        if (failedAttempts > retries) {
            return null;
        }
        Duration wait = first.multipliedBy(1L << Math.min(failedAttempts - 1, MAX_DOUBLINGS));
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
