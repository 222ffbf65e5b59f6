package io.meterline.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One kept-open HTTP/1.1 connection over a plain socket: the cheapest client there is. Not safe for two threads. */
final class HttpConnection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 120_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[128 * 1024];
    private int from;
    private int to;

    HttpConnection(int port) throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /**
     * What came back.
     *
     * @param tail the last bytes of the body, at most 64; the whole body where it was asked for
     */
    record Answer(int status, long length, String tail) {}

    /** Sends a request of which the head and the body are complete, and reads the answer to its end. */
    Answer send(byte[] request, int length, boolean wholeBody) throws IOException {
        out.write(request, 0, length);
        out.flush();
        return read(wholeBody);
    }

    private Answer read(boolean wholeBody) throws IOException {
        int status = Integer.parseInt(line().substring(9, 12));
        long length = 0;
        boolean chunked = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = true;
            }
        }
        Body body = new Body(wholeBody);
        if (!chunked) {
            take(length, body);
            return body.answer(status);
        }
        for (long size = chunk(); size > 0; size = chunk()) {
            take(size, body);
            line();
        }
        line();
        return body.answer(status);
    }

    private long chunk() throws IOException {
        return Long.parseLong(line(), 16);
    }

    private void take(long length, Body body) throws IOException {
        for (long rest = length; rest > 0; ) {
            if (from == to) {
                fill();
            }
            int part = (int) Math.min(rest, to - from);
            body.add(buffer, from, part);
            from += part;
            rest -= part;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            if (from == to) {
                fill();
            }
            byte next = buffer[from++];
            if (next == '\n') {
                return line.toString();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
    }

    private void fill() throws IOException {
        from = 0;
        to = in.read(buffer);
        if (to <= 0) {
            to = 0;
            throw new EOFException("the server closed the connection");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class Body {
        private static final int TAIL = 64;

        private final @Nullable ByteArrayOutputStream whole;
        private byte[] tail = new byte[0];
        private long length;

        Body(boolean wholeBody) {
            whole = wholeBody ? new ByteArrayOutputStream() : null;
        }

        void add(byte[] bytes, int at, int count) {
            length += count;
            if (whole != null) {
                whole.write(bytes, at, count);
                return;
            }
            int fresh = Math.min(count, TAIL);
            int kept = Math.min(tail.length, TAIL - fresh);
            byte[] next = new byte[kept + fresh];
            System.arraycopy(tail, tail.length - kept, next, 0, kept);
            System.arraycopy(bytes, at + count - fresh, next, kept, fresh);
            tail = next;
        }

        Answer answer(int status) {
            String text =
                    whole == null ? new String(tail, StandardCharsets.UTF_8) : whole.toString(StandardCharsets.UTF_8);
            return new Answer(status, length, text);
        }
    }
}
