package io.meterline.loader.source;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Speaks as much of SQL Server's protocol (MS-TDS) as the driver needs to log in, fail and read a column of numbers. It is no
 * database: it stands in for one that cannot run here, so that the driver itself is tested.
 *
 * <p>A query with {@code error_208} in it is answered by that error in line 2, one with {@code never} when it is cancelled, one
 * with {@code select id} by the numbers 1 to 3, or, when it has {@code cut} too, by two of them and the end of the connection.
 */
final class ScriptedSqlServer implements AutoCloseable {

    /** What it says of encryption before the login. */
    enum Encryption {
        NOT_SUPPORTED(2),
        ON(1);

        private final int code;

        Encryption(int code) {
            this.code = code;
        }
    }

    private static final int PRELOGIN = 0x12;
    private static final int LOGIN = 0x10;
    private static final int ATTENTION = 0x06;
    private static final int ANSWER = 0x04;
    private static final Pattern ERROR = Pattern.compile("error_(\\d+)");

    private final ServerSocket entrance;
    private final Encryption encryption;
    private final int loginError;
    private final @Nullable SSLContext tls;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /** @param loginError the number of the error that each login gets, 0 to let everybody in */
    ScriptedSqlServer(Encryption encryption, int loginError) {
        this(encryption, loginError, null);
    }

    /** One that encrypts everything. */
    ScriptedSqlServer(SSLContext tls) {
        this(Encryption.ON, 0, tls);
    }

    private ScriptedSqlServer(Encryption encryption, int loginError, @Nullable SSLContext tls) {
        this.tls = tls;
        this.encryption = encryption;
        this.loginError = loginError;
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** The texts of the statements that came, with what surrounds them. */
    List<String> requests() {
        return requests;
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket socket = entrance.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void serve(Socket socket) {
        try {
            SSLContext context = tls;
            if (context == null) {
                serve(socket, socket);
            } else {
                Message.read(new DataInputStream(socket.getInputStream()));
                send(socket.getOutputStream(), prelogin());
                serve(TdsTlsSocket.over(socket, context), socket);
            }
        } catch (IOException e) {
            // The client has closed.
        }
    }

    private void serve(Socket socket, Socket raw) throws IOException {
        try (DataInputStream in = new DataInputStream(socket.getInputStream())) {
            Message message = Message.read(in);
            while (!message.text().contains("cut")) {
                if (message.type() == ATTENTION) {
                    // First the end of what was going on.
                    send(socket.getOutputStream(), new Tokens().done(2, 0).bytes());
                }
                send(socket.getOutputStream(), answer(message));
                message = Message.read(in);
            }
            send(socket.getOutputStream(), answer(message), false);
            raw.setSoLinger(true, 0);
        }
    }

    /**
     * What came.
     *
     * @param text UTF-16 with something before it, so far as it is ASCII
     */
    private record Message(int type, String text) {

        static Message read(DataInputStream in) throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            while (true) {
                int type = in.readUnsignedByte();
                int status = in.readUnsignedByte();
                int length = in.readUnsignedShort();
                in.readInt();
                body.write(in.readNBytes(length - 8));
                if ((status & 1) == 1) {
                    return new Message(
                            type, body.toString(StandardCharsets.ISO_8859_1).replace("\0", ""));
                }
            }
        }
    }

    private static void send(OutputStream out, byte[] body) throws IOException {
        send(out, body, true);
    }

    private static void send(OutputStream out, byte[] body, boolean last) throws IOException {
        if (body.length == 0) {
            return;
        }
        ByteBuffer packet = ByteBuffer.allocate(8 + body.length);
        packet.put((byte) ANSWER)
                .put((byte) (last ? 1 : 0))
                .putShort((short) (8 + body.length))
                .putInt(0x00000100);
        out.write(packet.put(body).array());
        out.flush();
    }

    private byte[] answer(Message message) {
        return switch (message.type()) {
            case PRELOGIN -> prelogin();
            case LOGIN -> loginError == 0 ? login() : error(loginError, 1);
            case ATTENTION -> new Tokens().done(0x20, 0).bytes();
            default -> {
                String text = message.text();
                requests.add(text);
                Matcher error = ERROR.matcher(text);
                if (error.find()) {
                    yield error(Integer.parseInt(error.group(1)), 2);
                }
                if (text.contains("never")) {
                    yield new byte[0];
                }
                yield text.contains("select id")
                        ? rows(text.contains("cut"))
                        : new Tokens().done(0, 0).bytes();
            }
        };
    }

    // Two options, of version and encryption, and where they stand.
    private byte[] prelogin() {
        return ByteBuffer.allocate(18)
                .put((byte) 0)
                .putShort((short) 11)
                .putShort((short) 6)
                .put((byte) 1)
                .putShort((short) 17)
                .putShort((short) 1)
                .put((byte) 0xff)
                .put((byte) 16)
                .put((byte) 0)
                .putShort((short) 4_000)
                .putShort((short) 0)
                .put((byte) encryption.code)
                .array();
    }

    private static byte[] login() {
        Tokens tokens = new Tokens();
        Tokens name = new Tokens().shortText("Microsoft SQL Server");
        tokens.u8(0xad)
                .u16(1 + 4 + name.bytes().length + 4)
                .u8(1)
                .raw(0x74, 0, 0, 4)
                .raw(name.bytes())
                .raw(16, 0, 15, 160);
        // The collation of the server, without which the driver cannot write a text.
        tokens.raw(0xe3).u16(8).raw(7, 5, 0x09, 0x04, 0xd0, 0x00, 0x34, 0);
        return tokens.done(0, 0).bytes();
    }

    private static byte[] error(int number, int line) {
        Tokens inside = new Tokens()
                .u32(number)
                .u8(1)
                .u8(16)
                .text("The words of error " + number + ".")
                .shortText("scripted")
                .shortText("")
                .u32(line);
        return new Tokens()
                .u8(0xaa)
                .u16(inside.bytes().length)
                .raw(inside.bytes())
                .done(2, 0)
                .bytes();
    }

    private static byte[] rows(boolean unfinished) {
        Tokens tokens =
                new Tokens().u8(0x81).u16(1).u32(0).u16(9).u8(0x26).u8(4).shortText("id");
        for (int i = 1; i <= (unfinished ? 2 : 3); i++) {
            tokens.u8(0xd1).u8(4).u32(i);
        }
        return unfinished ? tokens.bytes() : tokens.done(0x10, 3).bytes();
    }

    private static final class Tokens {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Tokens u8(int value) {
            out.write(value);
            return this;
        }

        Tokens u16(int value) {
            return u8(value & 0xff).u8(value >> 8);
        }

        Tokens u32(int value) {
            return u16(value & 0xffff).u16(value >>> 16);
        }

        Tokens raw(int... values) {
            for (int value : values) {
                u8(value);
            }
            return this;
        }

        Tokens raw(byte[] values) {
            out.writeBytes(values);
            return this;
        }

        Tokens shortText(String text) {
            return u8(text.length()).raw(text.getBytes(StandardCharsets.UTF_16LE));
        }

        Tokens text(String text) {
            return u16(text.length()).raw(text.getBytes(StandardCharsets.UTF_16LE));
        }

        Tokens done(int status, int rows) {
            byte[] count = ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(rows)
                    .array();
            return u8(0xfd).u16(status).u16(0).raw(count);
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
