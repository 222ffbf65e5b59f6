package io.meterline.billing.simulation;

import io.meterline.billing.simulation.Simulation.Status;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How far a simulation is that goes on, and whether it is to end. Written by its thread and by others. */
final class SimulationProgress implements SimulationRun.Stop {

    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean cancelled;
    private volatile long all = 1;
    private volatile long done;

    /** Somebody wants it to end. */
    void cancel() {
        cancelled = true;
        stopped.countDown();
    }

    /** The server stops; the next start begins it anew. */
    void interrupt() {
        stopped.countDown();
    }

    boolean isCancelled() {
        return cancelled;
    }

    void of(long customers) {
        all = Math.max(1, customers);
    }

    void done(long customers) {
        done = customers;
    }

    long done() {
        return done;
    }

    Simulation of(Simulation stored) {
        return stored.at(Status.RUNNING, (int) Math.min(99, 100 * done / all), done);
    }

    @Override
    public void check() {
        if (stopped.getCount() == 0) {
            throw new StoppedException();
        }
    }

    @Override
    public void pause(long millis) {
        try {
            if (stopped.await(millis, TimeUnit.MILLISECONDS)) {
                throw new StoppedException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
    }
}
