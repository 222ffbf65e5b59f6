package io.meterline.store.duckdb;

import io.meterline.store.OverloadedException;
import io.meterline.store.OverloadedException.Reason;
import io.meterline.store.StoreFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an {@link Engine} open: looks whether it has failed, closes it, and opens the files anew as a start after a crash
 * does. What cannot be closed or opened after a few attempts is given up, for the process to end.
 */
final class Keeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private final Path path;
    private final Supplier<Engine> opener;
    private final Counters counters;
    private final Patience patience;
    private final CompletableFuture<String> gaveUp = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Engine engine;
    private volatile String problem = "";
    private int failures;
    private long openedAtNanos = System.nanoTime();

    /**
     * How long it looks, waits and tries.
     *
     * @param look how often the engine is looked at
     * @param firstWait before the second attempt at opening; doubles with each further one
     * @param attempts how often it is tried to open the files, and how often an engine may fail that was well for less than
     *     {@code healthy}
     * @param closes how long closing may take
     * @param healthy after this time an earlier failure is forgotten
     */
    record Patience(Duration look, Duration firstWait, int attempts, Duration closes, Duration healthy) {
        static final Patience DEFAULT = new Patience(
                Duration.ofMillis(200), Duration.ofSeconds(1), 5, Duration.ofMinutes(1), Duration.ofMinutes(10));
    }

    private Keeper(Path path, Supplier<Engine> opener, Counters counters, Patience patience) {
        this.path = path;
        this.opener = opener;
        this.counters = counters;
        this.patience = patience;
        this.engine = opener.get();
        this.thread = Thread.ofPlatform().name("events-keeper").daemon().start(this::run);
    }

    /** Opens the engine; throws what the opener throws. */
    static Keeper open(Path path, Supplier<Engine> opener, Counters counters, Patience patience) {
        return new Keeper(path, opener, counters, patience);
    }

    /** The engine. Throws {@link OverloadedException} while there is none. */
    Engine engine() {
        Engine open = engine;
        if (open == null) {
            throw new OverloadedException(
                    Reason.UNAVAILABLE,
                    "The event database is being opened anew after a failure. Nothing that was accepted is lost; try again.");
        }
        return open;
    }

    Optional<Engine> current() {
        return Optional.ofNullable(engine);
    }

    /** Why events are not being stored, or null. */
    @Nullable
    String problem() {
        Engine open = engine;
        return open == null ? problem : open.problem();
    }

    CompletableFuture<String> gaveUp() {
        return gaveUp;
    }

    /** Looks no more, and closes the engine. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailedException("The event store was interrupted while it stopped.", e);
        }
        Engine open = engine;
        engine = null;
        problem = "The event store is closed.";
        if (open != null) {
            open.close();
        }
    }

    private void run() {
        try {
            while (!waits(patience.look()) && !gaveUp.isDone()) {
                Engine open = engine;
                String failure = open == null ? null : open.failure();
                if (open != null && failure != null) {
                    replace(open, failure);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.error("The thread that watches the event store was interrupted; nobody would open it anew", e);
        }
    }

    private void replace(Engine failed, String failure) throws InterruptedException {
        problem = failure + " It is being opened anew.";
        engine = null;
        boolean wasWell = System.nanoTime() - openedAtNanos > patience.healthy().toNanos();
        failures = wasWell ? 1 : failures + 1;
        LOG.error("The event store failed and is opened anew; what was accepted is in the log. {}", failure);
        if (!closes(failed)) {
            giveUp("The failed event store could not be closed.");
        } else if (failures > patience.attempts()) {
            giveUp("The event store failed " + failures + " times, each soon after it was opened. " + failure);
        } else {
            openAnew();
        }
    }

    private void openAnew() throws InterruptedException {
        Duration first = patience.firstWait();
        Duration wait = failures == 1 ? Duration.ZERO : first.multipliedBy(1L << (failures - 2));
        for (int attempt = 1; ; attempt++) {
            if (waits(wait)) {
                return;
            }
            wait = wait.isZero() ? first : wait.multipliedBy(2);
            try {
                // Opening makes what is not there; a store without its events is not the one that failed.
                if (!Files.exists(path.resolve(Database.EVENTS + ".duckdb"))) {
                    throw new IllegalStateException("The files in " + path + " are gone.");
                }
                engine = opener.get();
                openedAtNanos = System.nanoTime();
                counters.reopened.increment();
                LOG.info("The event store is open again");
                return;
            } catch (RuntimeException e) {
                LOG.error("The event store could not be opened anew, attempt {}", attempt, e);
                if (attempt >= patience.attempts()) {
                    giveUp("The event store could not be opened anew. " + e.getMessage());
                    return;
                }
            }
        }
    }

    private void giveUp(String why) {
        problem = why + " Only a new start may help.";
        LOG.error("The event store is given up: {}", why);
        gaveUp.complete(why);
    }

    // On a thread of its own, because a call into native code may never return.
    private boolean closes(Engine failed) throws InterruptedException {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        Thread.ofPlatform().name("events-close").daemon().start(() -> {
            try {
                failed.close();
                closed.complete(true);
            } catch (RuntimeException e) {
                LOG.error("The failed event store could not be closed", e);
                closed.complete(false);
            }
        });
        return closed.completeOnTimeout(false, patience.closes().toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** True when it should stop. */
    private boolean waits(Duration time) throws InterruptedException {
        return closing.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
