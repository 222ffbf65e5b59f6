package io.meterline.file;

import io.meterline.file.Import.Status;

/** How far an import is that goes on. Written by its thread, read by others. */
final class ImportProgress {

    private record State(Status status, ImportCounts counts, int percent) {}

    private volatile boolean cancelled;
    private volatile State state = new State(Status.QUEUED, ImportCounts.NONE, 0);

    void set(Status status, ImportCounts counts, int percent) {
        state = new State(status, counts, percent);
    }

    /** Stops the import soon. */
    void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    ImportCounts counts() {
        return state.counts();
    }

    Import of(Import stored) {
        State now = state;
        return now.status() == Status.QUEUED ? stored : stored.live(now.status(), now.counts(), now.percent());
    }
}
