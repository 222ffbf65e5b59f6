package io.meterline.loader;

import org.jspecify.annotations.Nullable;

/** Where a run stands. The methods of a state are the moves that are legal from it. Times are µs since 1970. */
public sealed interface RunState {

    /** Waiting for a thread. */
    record Queued() implements RunState {
        Running start(long loadNumber, long atMicros) {
            return new Running(loadNumber, atMicros);
        }

        Cancelled cancel(long atMicros) {
            return new Cancelled(null, atMicros);
        }
    }

    /**
     * Reading and writing.
     *
     * @param loadNumber greater than that of every run that started before; the version of its rows
     */
    record Running(long loadNumber, long startedAtMicros) implements RunState {
        Succeeded succeed(long atMicros) {
            return new Succeeded(startedAtMicros, atMicros);
        }

        Failed fail(RunError error, long atMicros) {
            return new Failed(startedAtMicros, atMicros, error);
        }

        Cancelled cancel(long atMicros) {
            return new Cancelled(startedAtMicros, atMicros);
        }
    }

    /** A run that is over. */
    sealed interface Ended extends RunState {
        long finishedAtMicros();
    }

    /** Every row was read, and is stored or set aside. */
    record Succeeded(long startedAtMicros, long finishedAtMicros) implements Ended {}

    /** It gave up. What it had stored stays: the next run says the same of those rows again. */
    record Failed(long startedAtMicros, long finishedAtMicros, RunError error) implements Ended {}

    /**
     * Somebody stopped it.
     *
     * @param startedAtMicros null when it had not started
     */
    record Cancelled(@Nullable Long startedAtMicros, long finishedAtMicros) implements Ended {}

    /** Why a run failed. The code is stable and snake_case, the message a sentence without payload. */
    record RunError(String code, String message) {}

    /** The status in the API. */
    default String status() {
        return switch (this) {
            case Queued _ -> "queued";
            case Running _ -> "running";
            case Succeeded _ -> "succeeded";
            case Failed _ -> "failed";
            case Cancelled _ -> "cancelled";
        };
    }

    /** When it started, null when it did not. */
    default @Nullable Long startedAt() {
        return switch (this) {
            case Queued _ -> null;
            case Running running -> running.startedAtMicros();
            case Succeeded succeeded -> succeeded.startedAtMicros();
            case Failed failed -> failed.startedAtMicros();
            case Cancelled cancelled -> cancelled.startedAtMicros();
        };
    }
}
