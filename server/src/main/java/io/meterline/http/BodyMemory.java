package io.meterline.http;

import io.meterline.store.OverloadedException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory that all bodies of requests share. Who finds no room waits a moment and is refused then, so that many large
 * bodies at once cost some of their senders a second try and not the server its heap.
 */
final class BodyMemory {

    private static final int UNIT_BYTES = 1 << 10;

    private final Semaphore units;
    private final Duration patience;

    /**
     * A number of bytes to share.
     *
     * @param patience how long to wait for room
     */
    BodyMemory(long bytes, Duration patience) {
        // Fair, or large bodies would never find room among small ones.
        this.units = new Semaphore(Math.toIntExact(bytes / UNIT_BYTES), true);
        this.patience = patience;
    }

    /** The share of a request, empty at first. */
    Share share() {
        return new Share();
    }

    /** What a request holds. For one thread; closing gives everything back. */
    final class Share implements AutoCloseable {
        private int held;

        private Share() {}

        /** Throws {@link OverloadedException} when there is no room. */
        void take(long bytes) {
            int wanted = units(bytes);
            try {
                if (!units.tryAcquire(wanted, patience.toNanos(), TimeUnit.NANOSECONDS)) {
                    throw new OverloadedException("Too many large requests are being read. Send it again in a second.");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OverloadedException("The server is stopping. Send the request again.");
            }
            held += wanted;
        }

        /** Gives back what was taken with the same number. */
        void giveBack(long bytes) {
            int given = units(bytes);
            held -= given;
            units.release(given);
        }

        @Override
        public void close() {
            units.release(held);
            held = 0;
        }
    }

    private static int units(long bytes) {
        return Math.toIntExact((bytes + UNIT_BYTES - 1) / UNIT_BYTES);
    }
}
