package io.meterline.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.access.IdempotencyKeys;
import io.meterline.access.Principal;
import io.meterline.access.Scope;
import io.meterline.control.ControlDatabase;
import io.meterline.event.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Callers that send slowly or nothing are ended, and do not keep others out for ever. */
@Timeout(60)
final class SlowCallersTest {

    private static final String HEADERS = String.join(
            "\r\n",
            "POST /things HTTP/1.1",
            "Host: localhost",
            "Authorization: Bearer x",
            "Content-Type: application/json",
            "");

    private static final String FORM = String.join(
            "\r\n",
            "POST /files HTTP/1.1",
            "Host: localhost",
            "Authorization: Bearer x",
            "Content-Type: multipart/form-data; boundary=b",
            "");
    private static final String PART =
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n";

    private ControlDatabase database;
    private HttpServer server;

    @BeforeEach
    void start(@TempDir Path folder) {
        database = ControlDatabase.open(folder, 1, 10);
        Routes routes = new Routes();
        routes.open("/open", call -> Reply.ok(Map.of("open", true)));
        routes.post("/things", Scope.WRITE, call -> Reply.created(call.json(Map.class)))
                .withoutIdempotencyKey();
        routes.post("/files", Scope.WRITE, SlowCallersTest::receive).takesForm();
        server = HttpServer.start(
                new HttpOptions(
                        "127.0.0.1",
                        0,
                        Duration.ofSeconds(5),
                        Duration.ofMillis(400),
                        Duration.ofMillis(900),
                        2,
                        10 << 20),
                routes,
                key -> new Principal("key_1", null, Environment.TEST, Set.of(Scope.WRITE), null),
                new IdempotencyKeys(database, InstantSource.system()),
                (_, _, _) -> {});
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    @Test
    void aBodyThatStallsIsEnded() throws IOException {
        try (Socket socket = connect()) {
            send(socket, HEADERS + "Content-Length: 100\r\n\r\n{\"a\":");
            assertThat(untilTheEnd(socket)).isEmpty();
        }
    }

    @Test
    void aChunkedBodyThatStallsIsEnded() throws IOException {
        try (Socket socket = connect()) {
            send(socket, HEADERS + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n");
            assertThat(untilTheEnd(socket)).isEmpty();
        }
    }

    @Test
    void aBodyThatDripsIsEnded() throws IOException {
        try (Socket socket = connect()) {
            send(socket, HEADERS + "Content-Length: 100000\r\n\r\n");
            drip(socket, " ");
            assertThat(untilTheEnd(socket)).isEmpty();
        }
    }

    @Test
    void aFormWhoseFileStallsIsEnded() throws IOException {
        try (Socket socket = connect()) {
            send(socket, FORM + "Content-Length: 100000\r\n\r\n" + PART + "a,b");
            assertThat(untilTheEnd(socket)).isEmpty();
        }
    }

    @Test
    void aFormThatStallsBeforeItsFirstPartIsEnded() throws IOException {
        try (Socket socket = connect()) {
            send(socket, FORM + "Transfer-Encoding: chunked\r\n\r\n2\r\n--\r\n");
            assertThat(untilTheEnd(socket)).isEmpty();
        }
    }

    @Test
    void aFormWhoseFileDripsIsEnded() throws IOException {
        try (Socket socket = connect()) {
            send(socket, FORM + "Content-Length: 100000\r\n\r\n" + PART);
            drip(socket, "a");
            assertThat(untilTheEnd(socket)).isEmpty();
        }
    }

    @Test
    void aFileThatComesSteadilyMayTakeLongerThanABodyAlsoWhenItIsWrittenDownSlowly() throws IOException {
        int pieces = 20;
        byte[] piece = "x".repeat(32 << 10).getBytes(US_ASCII);
        String end = "\r\n--b--\r\n";
        try (Socket socket = connect()) {
            send(
                    socket,
                    FORM + "Connection: close\r\nContent-Length: "
                            + (PART.length() + pieces * piece.length + end.length()) + "\r\n\r\n" + PART);
            for (int i = 0; i < pieces; i++) {
                LockSupport.parkNanos(80_000_000);
                socket.getOutputStream().write(piece);
            }
            send(socket, end);
            assertThat(untilTheEnd(socket))
                    .startsWith("HTTP/1.1 201 ")
                    .contains("\"bytes\":\"" + pieces * piece.length);
        }
    }

    private static Reply receive(Call call) throws IOException {
        AtomicLong bytes = new AtomicLong();
        call.form(new FormParts() {
            @Override
            public void field(String name, String value) {
                throw new IllegalStateException("there are none");
            }

            @Override
            public void file(String name, String fileName, InputStream content) throws IOException {
                byte[] buffer = new byte[64 << 10];
                for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                    boolean first = bytes.getAndAdd(count) == 0;
                    // A disk that takes longer than a caller may.
                    LockSupport.parkNanos(first && count > 1_000 ? 600_000_000 : 0);
                }
            }
        });
        return Reply.created(Map.of("bytes", bytes.toString()));
    }

    @Test
    void headersThatStallAreEnded() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "POST /things HTTP/1.1\r\nHost: local");
            assertThat(untilTheEnd(socket)).isEmpty();
        }
    }

    @Test
    void headersThatDripAreEnded() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "POST /things HTTP/1.1\r\n");
            drip(socket, "X-A: b\r\n");
            assertThat(untilTheEnd(socket)).isEmpty();
        }
    }

    @Test
    void connectionsThatDoNothingMakeRoomForOthers() throws IOException {
        try (Socket _ = connect();
                Socket _ = connect();
                Socket third = connect()) {
            send(third, "GET /open HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(untilTheEnd(third)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aConnectionThatIsUsedLivesLongerThanAnyTimeout() throws IOException {
        try (Socket socket = connect()) {
            for (int i = 0; i < 6; i++) {
                send(socket, HEADERS + "Content-Length: 2\r\n\r\n");
                LockSupport.parkNanos(100_000_000);
                send(socket, "{}");
                assertThat(socket.getInputStream().read()).isEqualTo('H');
                LockSupport.parkNanos(100_000_000);
                socket.getInputStream().skipNBytes(socket.getInputStream().available());
            }
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        socket.getOutputStream().flush();
    }

    /** Sends pieces, each well before a single read would time out, until the other side has had enough. */
    private static void drip(Socket socket, String piece) throws IOException {
        for (int i = 0; i < 1_000; i++) {
            try {
                send(socket, piece);
                if (socket.getInputStream().available() > 0) {
                    return;
                }
                LockSupport.parkNanos(50_000_000);
            } catch (SocketException e) {
                return;
            }
        }
    }

    private static String untilTheEnd(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        StringBuilder text = new StringBuilder();
        try (InputStream in = socket.getInputStream()) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                text.append((char) b);
            }
        } catch (SocketException e) {
            return text.toString();
        }
        return text.toString();
    }
}
