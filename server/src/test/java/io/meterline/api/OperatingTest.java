package io.meterline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.testing.ApiClient;
import io.meterline.testing.ApiClient.Answer;
import io.meterline.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Health, metrics, documents, keys and settings on the real server. */
final class OperatingTest {

    private static TestServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = TestServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void healthNeedsNoKey() {
        assertThat(server.anonymous().get("/health/live").status()).isEqualTo(200);
        Answer ready = server.anonymous().get("/health/ready");
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.json().path("red")).isEmpty();
    }

    @Test
    void metricsCountRequestsByRouteAndNotByPath() {
        server.client().get("/v1/api-keys/some-unknown-key");
        String metrics = server.anonymous().get("/metrics").text();
        assertThat(metrics)
                .contains("path=\"/v1/api-keys/{id}\"", "jvm_memory_used_bytes")
                .doesNotContain("some-unknown-key");
    }

    @Test
    void theDocumentationIsServedWithoutHelpFromOutside() {
        Answer page = server.anonymous().get("/docs");
        assertThat(page.text()).contains("/docs/start.js").doesNotContain("https://");
        assertThat(page.header("Content-Security-Policy")).contains("script-src 'self'");
        for (String file : List.of("swagger-ui.css", "swagger-ui-bundle.js", "start.js")) {
            assertThat(server.anonymous().get("/docs/" + file).status())
                    .as(file)
                    .isEqualTo(200);
        }
        assertThat(server.anonymous().get("/docs/pom.xml").status()).isEqualTo(404);
    }

    @Test
    void filesOfPagesAreSentPackedToThoseWhoUnpackThem() throws IOException {
        // When
        Answer plain = server.anonymous().get("/docs/swagger-ui.css");
        Answer packed = server.anonymous().with("Accept-Encoding", "gzip, br").get("/docs/swagger-ui.css");

        // Then
        assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(packed.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(packed.response().body()).hasSizeLessThan(plain.response().body().length / 2);
        try (var unpacked =
                new GZIPInputStream(new ByteArrayInputStream(packed.response().body()))) {
            assertThat(unpacked.readAllBytes()).isEqualTo(plain.response().body());
        }
    }

    @Test
    void aKeyIsShownOnceWorksWithItsScopesAndStopsWhenDeleted() {
        ApiClient admin = server.client();
        Answer created = admin.post("/v1/api-keys", Map.of("name", "reader", "scopes", List.of("read")));
        assertThat(created.status()).isEqualTo(201);
        String id = created.json().path("id").asString();
        ApiClient reader = server.client(created.json().path("key").asString());

        assertThat(reader.get("/v1/settings").status()).isEqualTo(200);
        assertThat(reader.get("/v1/api-keys").code()).isEqualTo("insufficient_scope");
        JsonNode shown = admin.get("/v1/api-keys/" + id).json();
        assertThat(shown.path("key").isNull()).isTrue();
        assertThat(shown.path("events_per_second").isNull()).isTrue();

        assertThat(admin.delete("/v1/api-keys/" + id).status()).isEqualTo(204);
        assertThat(reader.get("/v1/settings").status()).isEqualTo(401);
        assertThat(admin.get("/v1/api-keys/" + id).code()).isEqualTo("api_key_not_found");
    }

    @Test
    void theRateOfAKeyIsADefaultANumberOrNone() {
        ApiClient admin = server.client(Environment.TEST);
        Answer byDefault = admin.post("/v1/api-keys", Map.of("scopes", List.of("ingest")));
        assertThat(byDefault.json().path("events_per_second").asInt()).isEqualTo(50);
        String path = "/v1/api-keys/" + byDefault.json().path("id").asString();
        assertThat(admin.put(path, "{\"events_per_second\":null}")
                        .json()
                        .path("events_per_second")
                        .isNull())
                .isTrue();
        assertThat(admin.put(path, "{\"events_per_second\":7}")
                        .json()
                        .path("events_per_second")
                        .asInt())
                .isEqualTo(7);
        assertThat(admin.put(path, "{}").code()).isEqualTo("required");
        assertThat(admin.put(path, "{\"events_per_second\":\"7\"}").code()).isEqualTo("invalid_value");
        assertThat(admin.put(path, "{\"events_per_second\":0}").code()).isEqualTo("invalid_events_per_second");
    }

    @Test
    void keysOfTheOtherEnvironmentAreNotThere() {
        Answer created = server.client().post("/v1/api-keys", Map.of("name", "mine", "scopes", List.of("read")));
        String path = "/v1/api-keys/" + created.json().path("id").asString();
        assertThat(server.client(Environment.TEST).get(path).status()).isEqualTo(404);
        assertThat(server.client(Environment.TEST).delete(path).status()).isEqualTo(404);
    }

    @Test
    void listsArePagedByCursor() {
        ApiClient admin = server.client(Environment.TEST);
        for (int i = 0; i < 3; i++) {
            admin.post("/v1/api-keys", Map.of("name", "paged " + i, "scopes", List.of("read")));
        }
        JsonNode first = admin.get("/v1/api-keys?take=2").json();
        assertThat(first.at("/meta/taken").asInt()).isEqualTo(2);
        JsonNode second = admin.get("/v1/api-keys?take=2&cursor="
                        + first.at("/meta/next_cursor").asString())
                .json();
        assertThat(second.at("/data/0/id")).isNotEqualTo(first.at("/data/1/id"));
        assertThat(second.at("/meta/total")).isEqualTo(first.at("/meta/total"));
        assertThat(admin.get("/v1/api-keys?cursor=%21").code()).isEqualTo("invalid_cursor");
    }

    @Test
    void aReplayedKeyCreationDoesNotShowTheSecretAgain() {
        ApiClient admin = server.client().with("Idempotency-Key", "create-once");
        Map<String, Object> wanted = Map.of("name", "once", "scopes", List.of("read"));
        Answer first = admin.post("/v1/api-keys", wanted);
        Answer again = admin.post("/v1/api-keys", wanted);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(again.json().path("key").isNull()).isTrue();
    }

    @Test
    void settingsAreChangedInOneEnvironment() {
        ApiClient live = server.client();
        JsonNode before = server.client(Environment.TEST).get("/v1/settings").json();
        Map<String, Object> wanted =
                Map.of("excess_digits", "round", "future_tolerance", "PT1H", "create_customers_on_push", false);
        assertThat(live.put("/v1/settings", wanted).json().path("excess_digits").asString())
                .isEqualTo("round");
        assertThat(live.get("/v1/settings").json().path("future_tolerance").asString())
                .isEqualTo("PT1H");
        assertThat(server.client(Environment.TEST).get("/v1/settings").json()).isEqualTo(before);
        assertThat(live.put("/v1/settings", Map.of("excess_digits", "cut")).code())
                .isEqualTo("invalid_value");
        assertThat(live.put("/v1/settings", Map.of("create_customers_on_push", "no"))
                        .code())
                .isEqualTo("invalid_value");
        assertThat(live.get("/v1/settings").json().path("excess_digits").asString())
                .isEqualTo("round");
    }

    @Test
    void aSettingThatIsLeftOutStaysAndNullPutsItsDefaultBack() {
        ApiClient live = server.client();
        live.put("/v1/settings", Map.of("future_tolerance", "PT2H", "create_customers_on_push", false));
        JsonNode changed =
                live.put("/v1/settings", Map.of("excess_digits", "round")).json();
        assertThat(changed.path("future_tolerance").asString()).isEqualTo("PT2H");
        assertThat(changed.path("create_customers_on_push").asBoolean()).isFalse();
        assertThat(changed.path("excess_digits").asString()).isEqualTo("round");
        Map<String, Object> cleared = new HashMap<>();
        cleared.put("future_tolerance", null);
        cleared.put("create_customers_on_push", null);
        JsonNode reset = live.put("/v1/settings", cleared).json();
        assertThat(reset.path("future_tolerance").asString()).isEqualTo("PT24H");
        assertThat(reset.path("create_customers_on_push").asBoolean()).isTrue();
        assertThat(live.get("/v1/settings").json()).isEqualTo(reset);
        assertThat(reset.path("excess_digits").asString()).isEqualTo("round");
    }
}
