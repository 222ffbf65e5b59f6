package io.meterline.loader;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.store.EventWriter;
import io.meterline.store.EventWriter.Outcome;
import io.meterline.store.EventWriter.Receipt;
import io.meterline.store.OverloadedException;
import io.meterline.store.StoreFailedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * Hands groups of events to the store, a few at a time: the source is read no faster than the store takes its rows.
 *
 * <p>For one thread. Throws {@link LoadException} when the store fails or stays too busy.
 */
final class GroupWriter {

    private static final int MAX_IN_FLIGHT = 4;
    private static final long FIRST_WAIT_MILLIS = 50;
    private static final long LONGEST_WAIT_MILLIS = 1_000;
    private static final int MAX_ATTEMPTS = 60;

    private final EventWriter events;
    private final Environment environment;
    private final Deque<Receipt> inFlight = new ArrayDeque<>();
    private boolean failed;
    private long created;
    private long corrected;
    private long unchanged;
    private long ignored;
    private long repeated;

    GroupWriter(EventWriter events, Environment environment) {
        this.events = events;
        this.environment = environment;
    }

    void write(List<Event> group) {
        if (group.isEmpty()) {
            return;
        }
        while (inFlight.size() >= MAX_IN_FLIGHT) {
            settleOldest();
        }
        inFlight.add(append(group));
    }

    /** Waits until everything counts in every figure; after a failure of the store there is nothing to wait for. */
    void drain() {
        while (!failed && !inFlight.isEmpty()) {
            settleOldest();
        }
    }

    /** What the groups changed that the store is done with, beside what the run counts itself. */
    RunCounts counts(long read, long setAside, long rounded, long customersCreated) {
        return new RunCounts(
                read, setAside, created, corrected, unchanged, ignored, repeated, rounded, customersCreated);
    }

    private Receipt append(List<Event> group) {
        long wait = FIRST_WAIT_MILLIS;
        for (int attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
            try {
                return events.append(environment, group);
            } catch (OverloadedException e) {
                if (e.reason() == OverloadedException.Reason.DISK_FULL) {
                    throw diskFull();
                }
                // Pushes go first: our own groups make room before we ask again.
                drain();
                pause(wait);
                wait = Math.min(wait * 2, LONGEST_WAIT_MILLIS);
            }
        }
        throw new LoadException(
                "store_overloaded", "The event store had too much to do for a minute. Run again later.");
    }

    private void settleOldest() {
        try {
            add(inFlight.remove().applied().join());
        } catch (CompletionException e) {
            failed = true;
            if (e.getCause() instanceof OverloadedException) {
                throw diskFull();
            }
            if (e.getCause() instanceof StoreFailedException) {
                throw new LoadException(
                        "store_failed", "The event store could not write. Run again when it is healthy.");
            }
            throw e;
        }
    }

    private static LoadException diskFull() {
        return new LoadException(
                "disk_full", "The server's disk is full. What came before is stored; run again when there is room.");
    }

    private void add(Outcome outcome) {
        created += outcome.created();
        corrected += outcome.corrected();
        unchanged += outcome.unchanged();
        ignored += outcome.ignored();
        repeated += outcome.repeated();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("interrupted", "The server was stopped while the run was going on. Run again.");
        }
    }
}
