package io.meterline.console;

import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.http.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Sends {@link Feed}s as server-sent events, a bounded number at a time. Each ends after a few minutes and browsers connect
 * again by themselves, so that somebody who was signed out meanwhile does not go on reading.
 */
final class Feeds implements AutoCloseable {

    private static final int MOST = 48;
    private static final Duration LIFE = Duration.ofMinutes(3);
    private static final long MILLIS_BETWEEN_LOOKS = 1_000;
    private static final int MILLIS_UNTIL_NEXT_TRY = 1_000;

    // A look that takes long is taken less often, so that feeds never get more than a part of a processor.
    private static final int SHARE_OF_A_PROCESSOR = 10;

    private final Semaphore listeners = new Semaphore(MOST);
    private final CountDownLatch closed = new CountDownLatch(1);

    Reply reply(Feed feed, Function<Feed.Message, String> html) {
        if (listeners.availablePermits() == 0) {
            throw new RuleException(
                    Kind.OVERLOADED,
                    "too_many_listeners",
                    "At most " + MOST
                            + " pages follow what happens at a time. Load the page again to see what is new.");
        }
        return Reply.stream("text/event-stream", out -> {
                    // Taken here, where it is sure to be given back. Who loses the race is cut off and asks again.
                    if (listeners.tryAcquire()) {
                        try {
                            send(feed, html, out);
                        } finally {
                            listeners.release();
                        }
                    }
                })
                .header("Cache-Control", "no-store");
    }

    private void send(Feed feed, Function<Feed.Message, String> html, OutputStream out) throws IOException {
        long end = System.nanoTime() + LIFE.toNanos();
        write(out, "retry: " + MILLIS_UNTIL_NEXT_TRY + "\n\n");
        long wait;
        do {
            long began = System.nanoTime();
            Feed.Look look = feed.look();
            for (Feed.Message message : look.messages()) {
                write(out, event(message.name(), look.place(), html.apply(message)));
            }
            if (look.messages().isEmpty()) {
                // So that we, and proxies, notice when nobody listens any more.
                write(out, ":\n\n");
            }
            long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            wait = Math.max(MILLIS_BETWEEN_LOOKS, SHARE_OF_A_PROCESSOR * tookMillis);
        } while (System.nanoTime() < end && pause(wait));
    }

    private static String event(String name, String place, String html) {
        StringBuilder text =
                new StringBuilder("event: ").append(name).append("\nid: ").append(place);
        html.lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> text.append("\ndata: ").append(line));
        return text.append("\n\n").toString();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    // False when the server stops.
    private boolean pause(long millis) {
        try {
            return !closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends every feed, which would hold up the end of the server otherwise. */
    @Override
    public void close() {
        closed.countDown();
    }
}
