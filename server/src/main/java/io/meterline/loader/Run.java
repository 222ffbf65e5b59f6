package io.meterline.loader;

import org.jspecify.annotations.Nullable;

/**
 * One execution of a loader.
 *
 * @param id {@code run_…}
 * @param queuedAtMicros µs since 1970
 * @param attempt 1, and one more for each failure that came just before
 * @param fullReload whether somebody asked for all rows
 */
public record Run(
        String id,
        String loaderId,
        long queuedAtMicros,
        int attempt,
        boolean fullReload,
        RunState state,
        RunCounts counts,
        RunScope scope) {

    static Run queued(String id, String loaderId, long atMicros, int attempt, boolean fullReload) {
        return new Run(
                id, loaderId, atMicros, attempt, fullReload, new RunState.Queued(), RunCounts.NONE, RunScope.UNKNOWN);
    }

    /** The same with what is known at this moment. */
    Run with(RunCounts newCounts, RunScope newScope) {
        return new Run(id, loaderId, queuedAtMicros, attempt, fullReload, state, newCounts, newScope);
    }

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
