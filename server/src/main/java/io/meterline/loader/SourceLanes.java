package io.meterline.loader;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Threads for runs: a few at a time for each connection, in the order of their coming, and nothing shared between
 * connections. A source that is slow or dead holds up no other.
 *
 * <p>They are platform threads, because drivers of embedded databases block them in native code. There are at most as
 * many as connections times {@code perConnection}. What costs processor time takes a turn at {@link Turns}.
 */
final class SourceLanes implements AutoCloseable {

    private final int perConnection;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().name("loader-", 1).daemon().factory());
    private final Map<String, Lane> lanes = new HashMap<>();
    private boolean closed;

    SourceLanes(int perConnection) {
        this.perConnection = perConnection;
    }

    private static final class Lane {
        private int running;
        private final Deque<Runnable> waiting = new ArrayDeque<>();
    }

    synchronized void submit(String connection, Runnable run) {
        if (closed) {
            return;
        }
        Lane lane = lanes.computeIfAbsent(connection, _ -> new Lane());
        lane.waiting.add(run);
        startNext(connection, lane);
    }

    private void startNext(String connection, Lane lane) {
        while (lane.running < perConnection && !lane.waiting.isEmpty()) {
            Runnable run = lane.waiting.remove();
            lane.running++;
            threads.execute(() -> {
                try {
                    run.run();
                } finally {
                    ended(connection, lane);
                }
            });
        }
    }

    private synchronized void ended(String connection, Lane lane) {
        lane.running--;
        if (closed) {
            return;
        }
        startNext(connection, lane);
        if (lane.running == 0) {
            lanes.remove(connection);
        }
    }

    /** Starts nothing any more; what runs goes on. */
    synchronized void stop() {
        closed = true;
        lanes.values().forEach(lane -> lane.waiting.clear());
    }

    /** Waits for what runs. */
    @Override
    public void close() {
        stop();
        threads.close();
    }
}
