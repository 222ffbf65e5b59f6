package io.meterline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.access.IdempotencyKeys;
import io.meterline.access.Principal;
import io.meterline.access.Scope;
import io.meterline.control.ControlDatabase;
import io.meterline.event.Environment;
import io.meterline.store.OverloadedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bodies share a memory: the one that finds no room is refused, and the room comes back. */
@Timeout(60)
final class BodyMemoryTest {

    private static final int MEMORY = 4 << 20;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private ControlDatabase database;
    private HttpServer server;

    @BeforeEach
    void start(@TempDir Path folder) {
        database = ControlDatabase.open(folder, 1, 10);
        Routes routes = new Routes();
        routes.post("/read", Scope.INGEST, call -> Reply.ok(Map.of("bytes", read(call))))
                .withoutIdempotencyKey();
        routes.post("/hold", Scope.INGEST, call -> {
                    int bytes = read(call);
                    held.countDown();
                    release.await();
                    return Reply.ok(Map.of("bytes", bytes));
                })
                .withoutIdempotencyKey();
        HttpOptions local = HttpOptions.local();
        server = HttpServer.start(
                new HttpOptions(
                        local.host(),
                        0,
                        local.idleTimeout(),
                        local.readTimeout(),
                        local.bodyTimeout(),
                        local.connections(),
                        MEMORY),
                routes,
                key -> new Principal("key_1", null, Environment.TEST, Set.of(Scope.INGEST), null),
                new IdempotencyKeys(database, InstantSource.system()),
                (_, _, _) -> {});
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.close();
        database.close();
    }

    private static int read(Call call) {
        return call.body(Body.MAX_NDJSON_BYTES, Body.NDJSON).bytes().length;
    }

    @Test
    void aBodyThatFindsNoRoomIsRefusedUntilAnotherRequestHasEnded() throws Exception {
        CompletableFuture<HttpResponse<String>> first =
                CLIENT.sendAsync(request("/hold", bytes(3 << 20)).build(), BodyHandlers.ofString());
        held.await();

        HttpResponse<String> refused = send(request("/read", bytes(3 << 20)));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"overloaded\"");
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(send(request("/read", chunked(3 << 20))).statusCode()).isEqualTo(503);
        assertThat(send(request("/read", bytes(100 << 10))).statusCode()).isEqualTo(200);

        release.countDown();
        assertThat(first.join().statusCode()).isEqualTo(200);
        assertThat(send(request("/read", bytes(3 << 20))).statusCode()).isEqualTo(200);
    }

    @Test
    void whatComesOutOfAPackedBodyCounts() throws Exception {
        byte[] small = packed(1 << 20);
        byte[] large = packed(6 << 20);
        assertThat(send(request("/read", BodyPublishers.ofByteArray(small)).header("Content-Encoding", "gzip"))
                        .body())
                .isEqualTo("{\"bytes\":1048576}");
        assertThat(send(request("/read", BodyPublishers.ofByteArray(large)).header("Content-Encoding", "gzip"))
                        .statusCode())
                .isEqualTo(503);
    }

    @Test
    void everythingIsGivenBackHoweverARequestEnds() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(send(request("/read", bytes(1 << 20))).statusCode()).isEqualTo(200);
            assertThat(send(request("/read", chunked(1 << 20))).statusCode()).isEqualTo(200);
            assertThat(send(request("/read", bytes(1 << 20)).header("Content-Encoding", "gzip"))
                            .statusCode())
                    .isEqualTo(400);
        }
        assertThat(send(request("/read", bytes(MEMORY))).statusCode()).isEqualTo(200);
    }

    @Test
    void aShareTakesAndGivesBack() {
        BodyMemory memory = new BodyMemory(10 << 10, Duration.ZERO);
        try (BodyMemory.Share one = memory.share();
                BodyMemory.Share other = memory.share()) {
            one.take(6 << 10);
            assertThatThrownBy(() -> other.take(5 << 10)).isInstanceOf(OverloadedException.class);
            one.giveBack(1 << 10);
            other.take(5 << 10);
        }
        try (BodyMemory.Share all = memory.share()) {
            all.take(10 << 10);
        }
    }

    private HttpRequest.Builder request(String path, BodyPublisher body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer x")
                .header("Content-Type", Body.NDJSON)
                .POST(body);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static BodyPublisher bytes(int count) {
        return BodyPublishers.ofByteArray(new byte[count]);
    }

    private static BodyPublisher chunked(int count) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[count]));
    }

    private static byte[] packed(int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(new byte[count]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
