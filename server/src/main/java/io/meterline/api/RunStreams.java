package io.meterline.api;

import io.meterline.api.LoaderViews.RunView;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.http.Json;
import io.meterline.http.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The progress of runs as server-sent events: one {@code progress} a change, and {@code end} when the run is over. */
final class RunStreams implements AutoCloseable {

    private static final int MAX_LISTENERS = 64;
    private static final long MILLIS_BETWEEN_LOOKS = 500;

    // So that proxies, and we, notice that nobody listens any more.
    private static final int LOOKS_BETWEEN_SIGNS_OF_LIFE = 20;

    private final Semaphore listeners = new Semaphore(MAX_LISTENERS);
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param run how it stands now; throws {@link RuleException} when there is no such run */
    Reply of(Supplier<RunView> run) {
        RunView first = run.get();
        if (listeners.availablePermits() == 0) {
            throw new RuleException(
                    Kind.OVERLOADED,
                    "too_many_listeners",
                    "At most " + MAX_LISTENERS + " listeners follow runs at a time. Ask for the run itself instead.");
        }
        return Reply.stream("text/event-stream", out -> {
                    // Taken here, where it is sure to be given back. Who loses the race is cut off and asks again.
                    if (listeners.tryAcquire()) {
                        try {
                            follow(first, run, out);
                        } finally {
                            listeners.release();
                        }
                    }
                })
                .header("Cache-Control", "no-store");
    }

    private void follow(RunView first, Supplier<RunView> run, OutputStream out) throws IOException {
        RunView sent = null;
        RunView now = first;
        int unchanged = 0;
        while (now.finishedAt() == null) {
            if (!now.equals(sent)) {
                send(out, "progress", now);
                sent = now;
                unchanged = 0;
            } else if (++unchanged % LOOKS_BETWEEN_SIGNS_OF_LIFE == 0) {
                write(out, ":\n\n");
            }
            if (!pause()) {
                return;
            }
            now = run.get();
        }
        send(out, "end", now);
    }

    private static void send(OutputStream out, String event, RunView data) throws IOException {
        write(out, "event: " + event + "\ndata: " + new String(Json.bytes(data), StandardCharsets.UTF_8) + "\n\n");
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    // False when the server stops.
    private boolean pause() {
        try {
            return !closed.await(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends every stream, which would hold up the end of the server otherwise. */
    @Override
    public void close() {
        closed.countDown();
    }
}
