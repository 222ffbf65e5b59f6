package io.meterline.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between a client and a server on this machine, and can fall silent or cut connections. */
public final class TcpProxy implements AutoCloseable {

    private final ServerSocket listening;
    private final int target;
    private final Thread accepting = Thread.ofVirtual().unstarted(this::accept);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong cutAfter = new AtomicLong(Long.MAX_VALUE);
    private volatile boolean silent;

    private TcpProxy(ServerSocket listening, int target) {
        this.listening = listening;
        this.target = target;
    }

    /** Forwards to a port of this machine. */
    public static TcpProxy to(int target) {
        try {
            TcpProxy proxy = new TcpProxy(new ServerSocket(0, 500, InetAddress.getLoopbackAddress()), target);
            proxy.accepting.start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** From now on connections are accepted and nothing is ever answered on them. */
    public void fallSilent() {
        silent = true;
    }

    public void speakAgain() {
        silent = false;
        cut();
    }

    /** Cuts all connections, in the middle of whatever they carry. */
    public void cut() {
        open.forEach(TcpProxy::close);
    }

    /** Cuts all connections once so many more bytes have come from the server. */
    public void cutAfter(long bytes) {
        cutAfter.set(bytes);
    }

    /** Connections that are open now, both halves counted. */
    public int openSockets() {
        return open.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                open.add(client);
                if (!silent) {
                    Thread.startVirtualThread(() -> connect(client));
                }
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void connect(Socket client) {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(server);
            Thread.startVirtualThread(() -> pump(client, server, false));
            pump(server, client, true);
        } catch (IOException e) {
            open.remove(client);
            close(client);
        }
    }

    private void pump(Socket from, Socket to, boolean counted) {
        byte[] buffer = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int length = in.read(buffer);
            while (length >= 0) {
                if (!silent) {
                    out.write(buffer, 0, length);
                }
                if (counted && cutAfter.addAndGet(-length) <= 0) {
                    cutAfter.set(Long.MAX_VALUE);
                    cut();
                }
                length = in.read(buffer);
            }
        } catch (IOException e) {
            // Cut.
        } finally {
            open.remove(from);
            open.remove(to);
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        refuse();
    }

    /** Takes no more connections, for good, and cuts those that are open. */
    public void refuse() {
        try {
            listening.close();
            // The port is closed for good when nobody waits for a connection on it any more.
            accepting.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        cut();
    }
}
