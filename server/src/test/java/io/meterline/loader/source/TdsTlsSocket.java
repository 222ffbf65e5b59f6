package io.meterline.loader.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * The server's end of TLS as SQL Server does it: the messages of the handshake travel in packets of its own protocol, what
 * comes after does not.
 */
final class TdsTlsSocket extends Socket {

    private static final int PRELOGIN = 0x12;
    private static final int HEADER = 8;

    private final Socket outer;
    private final ByteArrayOutputStream flight = new ByteArrayOutputStream();
    private boolean handshaking = true;

    private TdsTlsSocket(Socket outer) {
        this.outer = outer;
    }

    /** Shakes hands over an open connection. */
    static SSLSocket over(Socket outer, SSLContext context) throws IOException {
        TdsTlsSocket inner = new TdsTlsSocket(outer);
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(inner, null, true);
        // In later versions the server still sends something after its side of the handshake has ended.
        tls.setEnabledProtocols(new String[] {"TLSv1.2"});
        tls.setUseClientMode(false);
        tls.startHandshake();
        inner.send();
        inner.handshaking = false;
        return tls;
    }

    // What is said at one go is one message, in one packet as long as it is small.
    private void send() throws IOException {
        if (flight.size() > 0) {
            ByteBuffer packet = ByteBuffer.allocate(HEADER + flight.size());
            packet.put((byte) PRELOGIN)
                    .put((byte) 1)
                    .putShort((short) packet.capacity())
                    .putInt(0);
            outer.getOutputStream().write(packet.put(flight.toByteArray()).array());
            outer.getOutputStream().flush();
            flight.reset();
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        DataInputStream in = new DataInputStream(outer.getInputStream());
        return new InputStream() {

            private InputStream packet = new ByteArrayInputStream(new byte[0]);

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (packet.available() == 0 && handshaking) {
                    send();
                    byte[] header = in.readNBytes(HEADER);
                    if (header.length < HEADER) {
                        return -1;
                    }
                    packet = new ByteArrayInputStream(
                            in.readNBytes(ByteBuffer.wrap(header).getShort(2) - HEADER));
                }
                return packet.available() > 0 ? packet.read(into, offset, length) : in.read(into, offset, length);
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream out = outer.getOutputStream();
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (handshaking) {
                    flight.write(bytes, offset, length);
                } else {
                    out.write(bytes, offset, length);
                    out.flush();
                }
            }
        };
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public void close() throws IOException {
        outer.close();
    }
}
