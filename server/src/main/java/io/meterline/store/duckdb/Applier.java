package io.meterline.store.duckdb;

import io.meterline.store.DiskSpace;
import io.meterline.store.EventWriter.Outcome;
import io.meterline.store.StoreFailedException;
import io.meterline.store.log.Frame;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings durable changes into the database, in their order, on one thread.
 *
 * <p>It waits a moment for more to come, because a large batch costs hardly more than a small one, but not when a reader
 * is waiting to see what it has sent.
 */
final class Applier {

    private static final Logger LOG = LoggerFactory.getLogger(Applier.class);
    private static final int MOST_EVENTS_A_BATCH = 20_000;
    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final BatchWriter writer;
    private final Folder folder;
    private final int unappliedEvents;
    private final DiskSpace disk;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition submitted = lock.newCondition();
    private final Condition progressed = lock.newCondition();
    private final Deque<Pending> queue = new ArrayDeque<>();
    private int queuedEvents;
    private long wantedSequence;
    private long appliedSequence;
    private boolean closing;
    private @Nullable CompletableFuture<@Nullable Void> wantedFold;
    private @Nullable StoreFailedException failure;

    Applier(BatchWriter writer, Folder folder, int unappliedEvents, DiskSpace disk) {
        this.writer = writer;
        this.folder = folder;
        this.unappliedEvents = unappliedEvents;
        this.disk = disk;
        this.appliedSequence = writer.appliedSequence();
        this.thread = Thread.ofPlatform().name("events-apply").start(this::run);
    }

    /** Queues durable changes; waits while too many are queued. */
    void submit(List<Pending> pending) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (queuedEvents >= unappliedEvents && failure == null) {
                progressed.await();
            }
            if (failure != null) {
                for (Pending one : pending) {
                    one.effect.completeExceptionally(failure);
                }
                return;
            }
            for (Pending one : pending) {
                queue.add(one);
                queuedEvents += one.frame.change().size();
            }
            submitted.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything up to this sequence counts. Throws {@link StoreFailedException} when it never will. */
    void awaitApplied(long sequence) {
        lock.lock();
        try {
            while (appliedSequence < sequence) {
                if (failure != null) {
                    throw failure;
                }
                if (wantedSequence < sequence) {
                    wantedSequence = sequence;
                    submitted.signal();
                }
                progressed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Folds between two batches and waits until that is done. */
    void fold() {
        CompletableFuture<@Nullable Void> done;
        lock.lock();
        try {
            if (failure != null) {
                throw failure;
            }
            if (wantedFold == null) {
                wantedFold = new CompletableFuture<>();
            }
            done = wantedFold;
            submitted.signal();
        } finally {
            lock.unlock();
        }
        done.join();
    }

    /** How many durable events wait to be applied. */
    int unappliedEvents() {
        lock.lock();
        try {
            return queuedEvents;
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    String problem() {
        lock.lock();
        try {
            return failure == null ? null : String.valueOf(failure.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /** Applies what is queued and stops. */
    void stop() throws InterruptedException {
        lock.lock();
        try {
            closing = true;
            submitted.signal();
        } finally {
            lock.unlock();
        }
        thread.join();
    }

    private void run() {
        while (awaitWork()) {
            List<Pending> batch = take();
            try {
                if (!batch.isEmpty()) {
                    applied(
                            batch,
                            writer.apply(batch.stream().map(Pending::frame).toList()));
                    // A fold writes before it frees, and a disk that fills in its middle breaks the database.
                    if (!disk.isVeryLow()) {
                        folder.considerFold(writer.appliedSequence());
                    }
                }
                foldIfWanted();
            } catch (SQLException | RuntimeException | Error e) {
                fail(batch, e);
                return;
            }
        }
    }

    /** Waits for something to do; false when there is nothing left and never will be. */
    private boolean awaitWork() {
        lock.lock();
        try {
            while (queue.isEmpty() && wantedFold == null && !closing) {
                submitted.awaitUninterruptibly();
            }
            return !queue.isEmpty() || wantedFold != null;
        } finally {
            lock.unlock();
        }
    }

    private void foldIfWanted() {
        CompletableFuture<@Nullable Void> wanted;
        lock.lock();
        try {
            wanted = wantedFold;
            wantedFold = null;
        } finally {
            lock.unlock();
        }
        if (wanted != null) {
            folder.foldAll(writer.appliedSequence());
            wanted.complete(null);
        }
    }

    private List<Pending> take() {
        lock.lock();
        try {
            linger();
            List<Pending> batch = new ArrayList<>();
            int events = 0;
            while (!queue.isEmpty() && events < MOST_EVENTS_A_BATCH) {
                Pending next = queue.remove();
                events += next.frame.change().size();
                batch.add(next);
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void linger() {
        long left = LINGER_NANOS;
        while (left > 0
                && queuedEvents < MOST_EVENTS_A_BATCH
                && wantedSequence <= appliedSequence
                && wantedFold == null
                && !closing) {
            try {
                left = submitted.awaitNanos(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void applied(List<Pending> batch, List<Effect> effects) {
        lock.lock();
        try {
            for (Pending one : batch) {
                queuedEvents -= one.frame.change().size();
            }
            appliedSequence = batch.getLast().frame.lastSequence();
            progressed.signalAll();
        } finally {
            lock.unlock();
        }
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).effect.complete(effects.get(i));
        }
    }

    private void fail(List<Pending> batch, Throwable cause) {
        LOG.error("Events cannot be applied to the database; they are safe in the log", cause);
        StoreFailedException failed = new StoreFailedException(
                "The event database failed. Accepted events are safe in the log and are applied when it is open again.",
                cause);
        List<Pending> all = new ArrayList<>(batch);
        lock.lock();
        try {
            failure = failed;
            all.addAll(queue);
            queue.clear();
            progressed.signalAll();
        } finally {
            lock.unlock();
        }
        all.forEach(one -> one.effect.completeExceptionally(failed));
        CompletableFuture<@Nullable Void> wanted = wantedFold;
        if (wanted != null) {
            wanted.completeExceptionally(failed);
        }
    }

    /** A durable change that is not applied yet. */
    record Pending(Frame frame, CompletableFuture<Effect> effect) {}

    /**
     * What a change did.
     *
     * @param removed how many records a removal found
     */
    record Effect(Outcome outcome, int removed) {}

    /** What a sender waits for. */
    record Submission(CompletableFuture<@Nullable Void> durable, CompletableFuture<Effect> effect) {}
}
