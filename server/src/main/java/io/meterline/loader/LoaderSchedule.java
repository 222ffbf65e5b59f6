package io.meterline.loader;

import org.jspecify.annotations.Nullable;

/**
 * Where a loader stands in time. The methods are the moves that are legal. Times are µs since 1970.
 *
 * @param pausedAtMicros null when it is not paused
 * @param nextRunAtMicros null when no run is due: it is paused, or runs by hand
 * @param failedAttempts how many runs have failed since the last that did not
 * @param failingSinceMicros when it was given up to wait for the fault to go away; null while runs succeed or are retried
 */
public record LoaderSchedule(
        @Nullable Long pausedAtMicros,
        @Nullable Long nextRunAtMicros,
        int failedAttempts,
        @Nullable Long failingSinceMicros) {

    static LoaderSchedule starting(@Nullable Long nextRunAtMicros) {
        return new LoaderSchedule(null, nextRunAtMicros, 0, null);
    }

    public boolean isPaused() {
        return pausedAtMicros != null;
    }

    public boolean isFailing() {
        return failingSinceMicros != null;
    }

    LoaderSchedule pause(long atMicros) {
        return isPaused() ? this : new LoaderSchedule(atMicros, null, failedAttempts, failingSinceMicros);
    }

    LoaderSchedule resume(@Nullable Long nextRunAt) {
        return isPaused() ? new LoaderSchedule(null, nextRunAt, failedAttempts, failingSinceMicros) : this;
    }

    /** The regular time that comes next; nothing comes for one that is paused. */
    LoaderSchedule planned(@Nullable Long nextRunAt) {
        return isPaused() ? this : new LoaderSchedule(null, nextRunAt, failedAttempts, failingSinceMicros);
    }

    LoaderSchedule succeeded() {
        return new LoaderSchedule(pausedAtMicros, nextRunAtMicros, 0, null);
    }

    /** Somebody stopped the run: that is neither a success nor a failure. */
    LoaderSchedule cancelled() {
        return new LoaderSchedule(pausedAtMicros, nextRunAtMicros, 0, failingSinceMicros);
    }

    /** A run failed and is tried again, at the latest then. */
    LoaderSchedule retry(long retryAtMicros) {
        Long next = isPaused()
                ? null
                : nextRunAtMicros == null
                        ? Long.valueOf(retryAtMicros)
                        : Long.valueOf(Math.min(nextRunAtMicros, retryAtMicros));
        return new LoaderSchedule(pausedAtMicros, next, failedAttempts + 1, failingSinceMicros);
    }

    /** A run failed and only its regular time, or a person, starts the next. */
    LoaderSchedule fail(long atMicros) {
        return new LoaderSchedule(
                pausedAtMicros,
                nextRunAtMicros,
                0,
                failingSinceMicros == null ? Long.valueOf(atMicros) : failingSinceMicros);
    }
}
