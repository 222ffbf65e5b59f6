package io.meterline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.access.IdempotencyKeys;
import io.meterline.control.ControlDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What closing the server does to the requests inside. */
final class HttpServerCloseTest {

    @Test
    @Timeout(60)
    void aRequestThatRunsIsAnsweredAndNewOnesAreNot(@TempDir Path folder) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Routes routes = new Routes();
        routes.open("/slow", call -> {
            inside.countDown();
            go.await();
            return Reply.ok(Map.of("done", true));
        });
        try (ControlDatabase database = ControlDatabase.open(folder, 1, 10);
                HttpClient client = HttpClient.newHttpClient()) {
            IdempotencyKeys keys = new IdempotencyKeys(database, InstantSource.system());
            HttpServer server = HttpServer.start(
                    HttpOptions.local(),
                    routes,
                    key -> {
                        throw new IllegalStateException("no route asks for a key");
                    },
                    keys,
                    (route, status, nanos) -> {});
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/slow"))
                    .build();

            // Given a request inside
            CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, BodyHandlers.ofString());
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

            // When the server closes
            CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThatThrownBy(
                                    () -> HttpClient.newHttpClient().send(request, BodyHandlers.ofString()))
                            .isInstanceOf(IOException.class));

            // Then nobody new comes in, and the one inside gets its answer before the server has closed
            assertThat(closed).isNotDone();
            go.countDown();
            assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("{\"done\":true}");
            closed.get(30, TimeUnit.SECONDS);
        }
    }
}
