package io.meterline.loader;

import io.meterline.loader.source.SourceSession;
import org.jspecify.annotations.Nullable;

/** What others see of a run at work, and how they stop it. Safe for use by many threads. */
final class Progress {

    private volatile RunCounts counts = RunCounts.NONE;
    private volatile boolean cancelled;
    private volatile @Nullable SourceSession session;

    /** As of the last batch. */
    RunCounts counts() {
        return counts;
    }

    void counted(RunCounts now) {
        counts = now;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** The session that {@link #cancel} stops, null when there is none any more. */
    void reads(@Nullable SourceSession now) {
        session = now;
    }

    /** Makes the run end soon: at its next batch, or sooner if the source listens. */
    void cancel() {
        cancelled = true;
        SourceSession open = session;
        if (open != null) {
            open.cancel();
        }
    }
}
