package io.meterline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.testing.ApiClient;
import io.meterline.testing.ApiClient.Answer;
import io.meterline.testing.FileForm;
import io.meterline.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server on a disk with less room than its reserve. */
final class FullDiskApiTest {

    private static final Map<String, Object> EVENT = Map.of(
            "customer_id",
            "ada",
            "event_type",
            "call",
            "timestamp",
            "2026-01-05T21:56:52Z",
            "record",
            Map.of("id", 1, "seconds", 12));

    @Test
    void aFullDiskIsNotReadyTakesNothingNewAndStillAnswers(@TempDir Path folder) {
        try (TestServer server = TestServer.start(folder)) {
            assertThat(server.client().post("/v1/events", EVENT).status()).isEqualTo(201);
            Answer ready = server.anonymous().get("/health/ready");
            assertThat(ready.status()).isEqualTo(200);
            assertThat(ready.json().path("checks").toString()).contains("\"disk\"");
        }
        Map<String, String> settings = Map.of("disk.reserve", "900000TB");
        try (TestServer server = TestServer.start(folder, settings, InstantSource.system())) {
            ApiClient client = server.client();

            Answer ready = server.anonymous().get("/health/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.json().path("red").toString()).isEqualTo("[\"disk\"]");
            assertThat(server.anonymous().get("/health/live").status()).isEqualTo(200);

            refused(client.post("/v1/events", EVENT));
            refused(client.post("/v1/events/batch", List.of(EVENT)));
            refused(client.post("/v1/customers", Map.of("external_id", "bob")));
            refused(client.put("/v1/customers/ada", Map.of("name", "Ada")));
            refused(client.post("/v1/aggregators", Map.of()));
            byte[] form = new FileForm()
                    .file("file", "usage.csv", "a,b\n".getBytes(StandardCharsets.UTF_8))
                    .bytes();
            refused(client.with("Content-Type", FileForm.TYPE).post("/v1/imports", form));

            assertThat(client.get("/v1/customers/bob").status()).isEqualTo(404);
            assertThat(client.get("/v1/events").json().at("/meta/total").asInt())
                    .isEqualTo(1);
            Map<String, Object> question = Map.of(
                    "aggregator",
                    Map.of("event_type", "call", "operation", "sum", "property", "seconds"),
                    "from",
                    "2026-01-01T00:00:00Z",
                    "to",
                    "2026-02-01T00:00:00Z");
            assertThat(client.post("/v1/usage/query", question)
                            .json()
                            .path("value")
                            .asString())
                    .isEqualTo("12");
            assertThat(client.post("/v1/customers/ada/erase").status()).isEqualTo(200);
        }
    }

    private static void refused(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("disk_full");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }
}
