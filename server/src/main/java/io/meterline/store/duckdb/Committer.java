package io.meterline.store.duckdb;

import io.meterline.event.Timestamps;
import io.meterline.store.DiskSpace;
import io.meterline.store.OverloadedException;
import io.meterline.store.StoreFailedException;
import io.meterline.store.log.Change;
import io.meterline.store.log.ChangeCodec;
import io.meterline.store.log.EventLog;
import io.meterline.store.log.Frame;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes changes durable: one thread takes whatever is waiting, writes it to the log with one sync, and only then tells the
 * senders. So the number of syncs does not grow with the number of senders.
 */
final class Committer {

    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final int MOST_BYTES_A_GROUP = 32 << 20;
    private static final long MOST_BYTES_WAITING = 256L << 20;
    private static final long STALL_MICROS = 10_000_000;
    private static final long PROBE_MILLIS = 1_000;

    private final EventLog log;
    private final Applier applier;
    private final InstantSource clock;
    private final int queuedEvents;
    private final DiskSpace disk;
    private final Counters counters;
    private final Thread thread;

    private final Object lock = new Object();
    private List<Waiting> waiting = new ArrayList<>();
    private int waitingEvents;
    private long waitingBytes;
    private boolean closing;

    private volatile long durableSequence;
    private volatile long busySinceMicros;
    private volatile @Nullable String failure;

    Committer(EventLog log, Applier applier, InstantSource clock, int queuedEvents, DiskSpace disk, Counters counters) {
        this.log = log;
        this.applier = applier;
        this.clock = clock;
        this.queuedEvents = queuedEvents;
        this.disk = disk;
        this.counters = counters;
        this.durableSequence = log.nextSequence() - 1;
        this.thread = Thread.ofPlatform().name("events-commit").start(this::run);
    }

    /** The last sequence that its sender may know of. */
    long durableSequence() {
        return durableSequence;
    }

    /** Queues a change. Throws {@link OverloadedException} when too much is waiting already. */
    Applier.Submission submit(Change change) {
        byte[] encoded = ChangeCodec.encode(change);
        Waiting added = new Waiting(change, encoded);
        synchronized (lock) {
            if (closing) {
                throw new OverloadedException("The event store is closing. Send the request again in a moment.");
            }
            boolean full =
                    waitingEvents + change.size() > queuedEvents || waitingBytes + encoded.length > MOST_BYTES_WAITING;
            if (full && !waiting.isEmpty()) {
                counters.busy.increment();
                throw new OverloadedException(
                        "Too many events are waiting to be stored. Send the request again after a second.");
            }
            waiting.add(added);
            waitingEvents += change.size();
            waitingBytes += encoded.length;
            lock.notifyAll();
        }
        return new Applier.Submission(added.durable, added.effect);
    }

    /** How many events wait to be made durable. */
    int queuedEvents() {
        synchronized (lock) {
            return waitingEvents;
        }
    }

    /** What keeps writing from going on, or null. */
    @Nullable
    String problem() {
        String failed = failure;
        if (failed != null) {
            return failed;
        }
        long since = busySinceMicros;
        boolean stalls = since != 0 && Timestamps.micros(clock.instant()) - since > STALL_MICROS;
        return stalls ? "Writing has not moved for more than 10 seconds." : null;
    }

    /** Takes no more, writes what is waiting and stops. */
    void stop() throws InterruptedException {
        synchronized (lock) {
            closing = true;
            lock.notifyAll();
        }
        thread.join();
    }

    private void run() {
        try {
            List<Waiting> group = take();
            while (!group.isEmpty()) {
                busySinceMicros = Timestamps.micros(clock.instant());
                commit(group);
                busySinceMicros = 0;
                group = take();
            }
        } catch (InterruptedException e) {
            failure = "The writer was interrupted.";
            LOG.error("The event writer was interrupted; restart the server", e);
        }
    }

    private List<Waiting> take() throws InterruptedException {
        synchronized (lock) {
            while (waiting.isEmpty() && !closing) {
                if (failure == null) {
                    lock.wait();
                } else {
                    lock.wait(PROBE_MILLIS);
                    probe();
                }
            }
            int count = 0;
            long bytes = 0;
            while (count < waiting.size() && (count == 0 || bytes < MOST_BYTES_A_GROUP)) {
                bytes += waiting.get(count).encoded.length;
                waitingEvents -= waiting.get(count).change.size();
                count++;
            }
            waitingBytes -= bytes;
            List<Waiting> group = waiting.subList(0, count);
            waiting = new ArrayList<>(waiting.subList(count, waiting.size()));
            return group;
        }
    }

    private void commit(List<Waiting> group) throws InterruptedException {
        long now = Timestamps.micros(clock.instant());
        long first;
        long started = System.nanoTime();
        try {
            first = log.write(
                    group.stream().map(one -> one.encoded).toList(),
                    group.stream().mapToInt(one -> one.change.size()).toArray(),
                    now);
        } catch (IOException e) {
            fail(group, e);
            return;
        }
        counters.commits.increment();
        counters.commitNanos.add(System.nanoTime() - started);
        failure = null;
        long sequence = first;
        List<Applier.Pending> pending = new ArrayList<>(group.size());
        for (Waiting one : group) {
            pending.add(new Applier.Pending(new Frame(sequence, now, one.change), one.effect));
            if (one.change instanceof Change.Append) {
                counters.accepted.add(one.change.size());
            }
            sequence += one.change.size();
        }
        durableSequence = sequence - 1;
        group.forEach(one -> one.durable.complete(null));
        applier.submit(pending);
    }

    // Whoever looks at our health sends nothing while it is bad, so nothing else would show that it is good again.
    private void probe() {
        if (failure != null && waiting.isEmpty() && !closing && log.canBeWritten()) {
            failure = null;
            LOG.info("The event log can be written again");
        }
    }

    private void fail(List<Waiting> group, IOException cause) {
        if (failure == null) {
            LOG.error(
                    "The event log cannot be written; {} requests were refused, as are later ones",
                    group.size(),
                    cause);
        }
        failure = "The log cannot be written: " + cause.getMessage();
        RuntimeException failed = !log.isBroken() && disk.explains(cause)
                ? DiskSpace.full()
                : new StoreFailedException(
                        "Events cannot be stored at the moment. Nothing was taken; send the request again later.",
                        cause);
        for (Waiting one : group) {
            one.durable.completeExceptionally(failed);
            one.effect.completeExceptionally(failed);
        }
    }

    /** A change on its way to the log, with those who wait for it. */
    private static final class Waiting {
        private final Change change;
        private final byte[] encoded;
        private final CompletableFuture<@Nullable Void> durable = new CompletableFuture<>();
        private final CompletableFuture<Applier.Effect> effect = new CompletableFuture<>();

        Waiting(Change change, byte[] encoded) {
            this.change = change;
            this.encoded = encoded;
        }
    }
}
