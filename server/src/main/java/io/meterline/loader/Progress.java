package io.meterline.loader;

import io.meterline.loader.source.SourceSession;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What others see of a run at work, and how they stop it. Safe for use by many threads. */
final class Progress {

    private volatile RunCounts counts = RunCounts.NONE;
    private volatile RunScope scope = RunScope.UNKNOWN;
    private volatile boolean cancelled;
    private @Nullable SourceSession session;
    private @Nullable Thread connecting;

    /** As of the last batch. */
    RunCounts counts() {
        return counts;
    }

    void counted(RunCounts now) {
        counts = now;
    }

    /** What is known of the rows to come. */
    RunScope scope() {
        return scope;
    }

    void scoped(RunScope now) {
        scope = now;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** Connects, unless it is cancelled before or meanwhile: then {@code connect} is interrupted, and throws. */
    SourceSession open(Supplier<SourceSession> connect) {
        synchronized (this) {
            requireGoingOn();
            connecting = Thread.currentThread();
        }
        SourceSession opened;
        try {
            opened = connect.get();
        } finally {
            synchronized (this) {
                connecting = null;
                // Whoever cancelled has said so; nothing later is to stumble over it.
                var _ = Thread.interrupted();
            }
        }
        synchronized (this) {
            session = opened;
        }
        if (cancelled) {
            closed();
            opened.close();
            requireGoingOn();
        }
        return opened;
    }

    private void requireGoingOn() {
        if (cancelled) {
            throw new LoadException("cancelled", "The run was cancelled.");
        }
    }

    /** There is nothing to stop at the source any more. */
    synchronized void closed() {
        session = null;
    }

    /** Makes the run end soon: at its next batch, or sooner if the source listens. Waits for a source that is slow. */
    void cancel() {
        SourceSession open;
        synchronized (this) {
            cancelled = true;
            open = session;
            if (connecting != null) {
                connecting.interrupt();
            }
        }
        if (open != null) {
            open.cancel();
        }
    }
}
