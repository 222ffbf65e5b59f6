package io.meterline.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file that one thread writes as fast as it can while another sends it as fast as its receiver takes it. So a slow
 * receiver never holds up whoever writes.
 */
final class Spool implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 << 10;

    private final Path file;
    private final OutputStream disk;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long written;
    private boolean complete;
    private boolean abandoned;
    private @Nullable Throwable failure;

    Spool(Path file) throws IOException {
        this.file = file;
        this.disk = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
    }

    /** Where to write. It throws {@link IOException} once nobody receives any more. */
    OutputStream output() {
        return new BufferedOutputStream(new Written(), BUFFER_BYTES);
    }

    /** Everything is written and flushed. */
    void complete() {
        signal(() -> complete = true);
    }

    /** The rest will not come. */
    void fail(Throwable reason) {
        signal(() -> failure = reason);
    }

    /** Nobody receives any more. */
    boolean isAbandoned() {
        lock.lock();
        try {
            return abandoned;
        } finally {
            lock.unlock();
        }
    }

    /** Sends all there is and will be. Throws {@link IOException} when it does not become complete. */
    void copyTo(OutputStream out) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long sent = 0;
            for (long there = await(sent); there > sent; there = await(sent)) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, there - sent));
                out.write(buffer, 0, count);
                sent += count;
            }
        }
    }

    /** How much there is: more than was sent, or as much when that is all. */
    private long await(long sent) throws IOException {
        lock.lock();
        try {
            while (written == sent && !complete && failure == null) {
                changed.awaitUninterruptibly();
            }
            if (failure != null) {
                throw new IOException("the export broke off", failure);
            }
            return written;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        signal(() -> abandoned = true);
        disk.close();
        Files.deleteIfExists(file);
    }

    private void signal(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private final class Written extends OutputStream {

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            disk.write(bytes, offset, length);
            lock.lock();
            try {
                if (abandoned) {
                    throw new IOException("nobody receives the export any more");
                }
                written += length;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
