package io.meterline.loader;

import org.jspecify.annotations.Nullable;

/**
 * One execution of a loader.
 *
 * @param id {@code run_…}
 * @param queuedAtMicros µs since 1970
 */
public record Run(String id, String loaderId, long queuedAtMicros, RunState state, RunCounts counts) {

    private static final long MICROS_PER_SECOND = 1_000_000;

    /** Rows read a second since it started, up to now for a run that goes on; null for one that did not start. */
    public @Nullable Long rowsPerSecond(long nowMicros) {
        Long started = state.startedAt();
        if (started == null) {
            return null;
        }
        long end = state instanceof RunState.Ended ended ? ended.finishedAtMicros() : nowMicros;
        return counts.read() * MICROS_PER_SECOND / Math.max(1, end - started);
    }
}
