package io.meterline.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends requests that do not come: silence in the middle of one, and bytes now and then that would keep a timeout of single
 * reads from ever passing.
 *
 * <p>Helidon's own read timeout has no effect on the channels that it serves from. Here one thread looks at the connections
 * and at who is being read from, and closes those that take too long: they get no answer, as they have not asked yet. (An
 * interrupt closes the channel that the thread reads from.)
 */
final class SlowCallers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SlowCallers.class);
    private static final int LOOKS_A_TIMEOUT = 4;

    // An upload may take longer than a body, as long as it comes at 16 KiB a second.
    private static final long NANOS_A_BYTE_OF_FILES = 1_000_000_000L / (16 << 10);

    private final long idleNanos;
    private final long readNanos;
    private final long bodyNanos;
    private final Map<SocketAddress, Connection> connections = new ConcurrentHashMap<>();
    private final Set<Watch> bodies = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("http-slow").daemon().factory());

    SlowCallers(HttpOptions options) {
        this.idleNanos = options.idleTimeout().toNanos();
        this.readNanos = options.readTimeout().toNanos();
        this.bodyNanos = options.bodyTimeout().toNanos();
        long periodNanos = Math.min(idleNanos, Math.min(readNanos, bodyNanos)) / LOOKS_A_TIMEOUT;
        var _ = thread.scheduleAtFixedRate(this::look, periodNanos, periodNanos, TimeUnit.NANOSECONDS);
    }

    /** Watches a new connection from its first moment on. */
    void accepted(SocketChannel channel) {
        try {
            connections.put(channel.getRemoteAddress(), new Connection(channel));
        } catch (IOException e) {
            LOG.debug("a connection was gone before it was served", e);
        }
    }

    /** The headers of a request of this caller are there, and it is being answered. */
    void begins(SocketAddress caller) {
        Connection connection = connections.get(caller);
        if (connection != null) {
            connection.answering = true;
        }
    }

    /** The caller has its answer, and may take its time with the next request. */
    void ended(SocketAddress caller) {
        Connection connection = connections.get(caller);
        if (connection != null) {
            connection.served = true;
            connection.sinceNanos = System.nanoTime();
            connection.answering = false;
        }
    }

    /** The bytes of a body, watched until the stream is closed. Closing it leaves the body's own stream open. */
    InputStream watched(InputStream body) {
        return watched(body, 0);
    }

    /** The same of a body with files, which may be large: each byte that comes gives it more time. */
    InputStream watchedFiles(InputStream body) {
        return watched(body, NANOS_A_BYTE_OF_FILES);
    }

    private InputStream watched(InputStream body, long nanosAByte) {
        Watch watch = new Watch(nanosAByte);
        bodies.add(watch);
        return new Watched(body, watch);
    }

    private void look() {
        long now = System.nanoTime();
        connections.values().removeIf(connection -> {
            long mostNanos = connection.served ? idleNanos : readNanos;
            if (!connection.answering && now - connection.sinceNanos > mostNanos) {
                connection.close();
            }
            return !connection.channel.isOpen();
        });
        bodies.removeIf(watch -> watch.cutIfLate(now));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static final class Connection {

        private final SocketChannel channel;
        private volatile long sinceNanos = System.nanoTime();
        private volatile boolean served;
        private volatile boolean answering;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        void close() {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("a connection that took too long could not be closed", e);
            }
        }
    }

    private final class Watched extends FilterInputStream {

        private final Watch watch;

        Watched(InputStream in, Watch watch) {
            super(in);
            this.watch = watch;
        }

        @Override
        public int read() throws IOException {
            watch.begin();
            int read = super.read();
            watch.came(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            watch.begin();
            int read = super.read(into, offset, length);
            watch.came(Math.max(0, read));
            return read;
        }

        @Override
        public void close() {
            bodies.remove(watch);
            watch.end();
        }
    }

    /**
     * One that is being read from, by the thread that made this. What that thread does between its reads, such as writing
     * down what came, is not the caller's fault and is not interrupted.
     */
    private final class Watch {

        private final Thread reader = Thread.currentThread();
        private final long nanosAByte;
        private final long startedNanos = System.nanoTime();
        private long lastNanos = startedNanos;
        private long earnedNanos;
        private boolean reading;
        private boolean cut;

        Watch(long nanosAByte) {
            this.nanosAByte = nanosAByte;
        }

        synchronized void begin() {
            lastNanos = System.nanoTime();
            reading = true;
        }

        synchronized void came(int bytes) throws ClosedByInterruptException {
            reading = false;
            earnedNanos += bytes * nanosAByte;
            if (cut) {
                throw new ClosedByInterruptException();
            }
        }

        /** False while nobody waits for the caller. */
        synchronized boolean cutIfLate(long now) {
            boolean late = now - lastNanos > readNanos || now - startedNanos > bodyNanos + earnedNanos;
            if (reading && late) {
                cut = true;
                reader.interrupt();
            }
            return cut;
        }

        // An interrupt that came too late must not meet whatever the thread does next.
        synchronized void end() {
            reading = false;
            var _ = Thread.interrupted();
        }
    }
}
