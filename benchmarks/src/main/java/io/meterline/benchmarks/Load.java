package io.meterline.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Clients that push events, each over one connection, the next request after the last answer.
 *
 * <p>New events come in order of their index. A correction is the next version of an event that was acknowledged
 * before: one of those that an earlier load brought, or one of the client's own.
 */
final class Load {

    private static final int OWN_BLOCKS = 1 << 16;
    private static final long RETRY_MILLIS = 20;

    private final Workload workload;
    private final Ledger ledger;
    private final int port;
    private final Shape shape;
    private final long first;
    private final long last;
    private final AtomicLong next;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong overloads = new AtomicLong();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Latencies latencies = new Latencies();
    private final long[] millions;
    private volatile long startNanos;

    /**
     * How events are sent.
     *
     * @param clients how many connections
     * @param batch events a request; 1 for {@code POST /v1/events}
     * @param correctionPercent how many of 100 events are corrections
     * @param recent true for corrections of the client's own last events only
     * @param minimal true to ask for counts instead of the events in the answer
     * @param eventsPerSecond the pace of all clients together, 0 for as fast as they can
     */
    record Shape(int clients, int batch, int correctionPercent, boolean recent, boolean minimal, int eventsPerSecond) {

        static Shape batches() {
            return new Shape(8, 1_000, 0, false, false, 0);
        }

        static Shape singles() {
            return new Shape(32, 1, 0, false, false, 0);
        }

        Shape minimally() {
            return new Shape(clients, batch, correctionPercent, recent, true, eventsPerSecond);
        }

        Shape correcting(int percent, boolean recentOnly) {
            return new Shape(clients, batch, percent, recentOnly, minimal, eventsPerSecond);
        }

        int corrections() {
            return batch * correctionPercent / 100;
        }

        int fresh() {
            return batch - corrections();
        }
    }

    /** New events from {@code first} to before {@code last}; those before {@code first} are there already. */
    Load(Workload workload, Ledger ledger, int port, Shape shape, long first, long last) {
        this.workload = workload;
        this.ledger = ledger;
        this.port = port;
        this.shape = shape;
        this.first = first;
        this.last = last;
        this.next = new AtomicLong(first);
        this.millions = new long[(int) ((last - first) * 100 / (100 - shape.correctionPercent()) / 1_000_000) + 2];
    }

    /** Sends everything, or until the time is over, and gives the seconds that it took. */
    double run(long seconds) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        startNanos = System.nanoTime();
        for (int i = 0; i < shape.clients(); i++) {
            int client = i;
            threads.add(Thread.ofPlatform().name("client-" + i).start(() -> guarded(client)));
        }
        for (Thread thread : threads) {
            long left = startNanos + TimeUnit.SECONDS.toNanos(seconds) - System.nanoTime();
            thread.join(Math.max(1, left / 1_000_000));
        }
        stopped.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        Throwable failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("a client failed", failed);
        }
        return (System.nanoTime() - startNanos) / 1e9;
    }

    long acknowledged() {
        return acknowledged.get();
    }

    /** How many requests got a 503 and were sent again. */
    long overloads() {
        return overloads.get();
    }

    Latencies latencies() {
        return latencies;
    }

    /** Where the indexes of new events ended. */
    long end() {
        return Math.min(next.get(), last);
    }

    /** Events a second while a million of them was acknowledged, the first being 1. */
    double rateOfMillion(int million) {
        long before = million == 1 ? startNanos : millions[million - 1];
        return 1e15 / (millions[million] - before);
    }

    private void guarded(int client) {
        try (HttpConnection connection = new HttpConnection(port)) {
            new Client(client, connection).run();
        } catch (IOException | InterruptedException | RuntimeException e) {
            failure.compareAndSet(null, e);
            stopped.set(true);
        }
    }

    private void acknowledge(int events) {
        long now = acknowledged.addAndGet(events);
        int million = (int) (now / 1_000_000);
        if (million > (now - events) / 1_000_000 && million < millions.length) {
            millions[million] = System.nanoTime();
        }
    }

    private final class Client {
        private final int number;
        private final HttpConnection connection;
        private final SplittableRandom random;
        private final EventText text = new EventText(workload);
        private final long[] blocks = new long[OWN_BLOCKS];
        private int ownBlocks;
        private final byte[] request;
        private final int bodyAt;

        Client(int number, HttpConnection connection) {
            this.number = number;
            this.connection = connection;
            this.random = new SplittableRandom(number);
            int body = shape.batch() == 1 ? text.length() : shape.batch() * (text.length() + 1) + 1;
            byte[] head = ("POST /v1/events" + (shape.batch() == 1 ? "" : "/batch") + " HTTP/1.1\r\nHost: localhost\r\n"
                            + "Authorization: Bearer " + ServerProcess.KEY + "\r\nContent-Type: application/json\r\n"
                            + (shape.minimal() ? "Prefer: return=minimal\r\n" : "") + "Content-Length: " + body
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            bodyAt = head.length;
            request = new byte[bodyAt + body];
            System.arraycopy(head, 0, request, 0, bodyAt);
        }

        void run() throws IOException, InterruptedException {
            long paceNanos = shape.eventsPerSecond() == 0
                    ? 0
                    : 1_000_000_000L * shape.batch() * shape.clients() / shape.eventsPerSecond();
            long due = startNanos + paceNanos * number / shape.clients();
            while (!stopped.get()) {
                long start = next.getAndAdd(shape.fresh());
                if (start + shape.fresh() > last) {
                    return;
                }
                fill(start);
                if (paceNanos > 0) {
                    TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                }
                long begin = paceNanos > 0 ? due : System.nanoTime();
                send();
                latencies.add(System.nanoTime() - begin);
                due += paceNanos;
                blocks[ownBlocks++ % OWN_BLOCKS] = start;
                acknowledge(shape.batch());
            }
        }

        private void send() throws IOException, InterruptedException {
            while (true) {
                HttpConnection.Answer answer = connection.send(request, request.length, false);
                if (answer.status() == 201) {
                    check(answer);
                    return;
                }
                if (answer.status() != 503) {
                    throw new IOException("status " + answer.status() + ": …" + answer.tail());
                }
                overloads.incrementAndGet();
                Thread.sleep(RETRY_MILLIS);
            }
        }

        private void check(HttpConnection.Answer answer) throws IOException {
            if (shape.batch() > 1 && !answer.tail().endsWith("\"events_failed\":[]}")) {
                throw new IOException("events failed: …" + answer.tail());
            }
        }

        private void fill(long start) {
            if (shape.batch() == 1) {
                text.write(request, bodyAt, start, ledger.next(start));
                return;
            }
            int at = bodyAt;
            request[at++] = '[';
            int corrections = shape.corrections();
            int batch = shape.batch();
            int corrected = 0;
            for (int i = 0; i < batch; i++) {
                // Corrections are spread evenly over the batch.
                boolean correction = (i + 1) * corrections / batch > corrected;
                if (correction) {
                    corrected++;
                    at = correction(at);
                } else {
                    long index = start + i - corrected;
                    at = text.write(request, at, index, ledger.next(index));
                }
                request[at++] = ',';
            }
            request[at - 1] = ']';
        }

        private int correction(int at) {
            while (true) {
                long index = old();
                int version = ledger.next(index);
                if (version >= 0) {
                    return text.write(request, at, index, version);
                }
            }
        }

        private long old() {
            int own = Math.min(ownBlocks, OWN_BLOCKS);
            if (shape.recent() && own > 0) {
                int back = random.nextInt(Math.min(own, 20));
                return blocks[(ownBlocks - 1 - back) % OWN_BLOCKS] + random.nextInt(shape.fresh());
            }
            long mine = first / shape.clients();
            long pick = random.nextLong(mine + (long) own * shape.fresh());
            if (pick < mine) {
                return pick * shape.clients() + number;
            }
            return blocks[(int) ((pick - mine) / shape.fresh())] + (pick - mine) % shape.fresh();
        }
    }
}
