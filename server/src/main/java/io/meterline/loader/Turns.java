package io.meterline.loader;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** A few turns at the processor for work that does not wait: many runs at once must not crowd out requests. */
final class Turns {

    private final Semaphore turns;

    Turns(int atOnce) {
        // Fair, so that each run gets on by a batch in its turn.
        turns = new Semaphore(atOnce, true);
    }

    /** Half of the processors. */
    static Turns ofMachine() {
        return new Turns(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    <T> T take(Supplier<T> work) {
        turns.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
