package io.meterline.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meterline.testing.ApiClient;
import io.meterline.testing.FileForm;
import io.meterline.testing.ServerProcess;
import io.meterline.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server that is killed in the middle of an import goes on with it at its next start, and nothing counts twice. */
final class ImportKillTest {

    private static final int EVENTS = 150_000;

    @TempDir
    Path folder;

    @Test
    @Tag("long")
    void anImportGoesOnAfterKillsWhileItIsJudgedAndWhileItIsStored() throws Exception {
        String path = "/v1/imports/";
        try (ServerProcess server = ServerProcess.start(folder, Map.of(), List.of())) {
            ApiClient client = ApiClient.at(server.base(), TestServer.LIVE_KEY);
            path += client.with("Content-Type", FileForm.TYPE)
                    .send(
                            "POST",
                            "/v1/imports",
                            new FileForm().file("file", "usage.csv", file()).bytes())
                    .json()
                    .path("id")
                    .asString();
            reach(client, path, "validating", 5_000);
            assertThat(events(client)).isZero();
            server.kill();
        }
        try (ServerProcess server = ServerProcess.start(folder, Map.of(), List.of())) {
            reach(ApiClient.at(server.base(), TestServer.LIVE_KEY), path, "importing", 20_000);
            server.kill();
        }
        try (ServerProcess server = ServerProcess.start(folder, Map.of(), List.of())) {
            ApiClient client = ApiClient.at(server.base(), TestServer.LIVE_KEY);
            reach(client, path, "succeeded", EVENTS);
            assertThat(events(client)).isEqualTo(EVENTS);
            assertThat(sum(client)).isEqualTo(Long.toString(EVENTS * (EVENTS - 1L) / 2));
        }
    }

    private static void reach(ApiClient client, String path, String status, int events) {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    JsonNode one = client.get(path).json();
                    String now = one.path("status").asString();
                    assertThat(now).isNotEqualTo("failed");
                    return now.equals(status) && one.path("events_read").asInt() >= events;
                });
    }

    private static byte[] file() {
        StringBuilder file = new StringBuilder("timestamp,event_type,customer_id,record/id,record/amount\n");
        for (int i = 0; i < EVENTS; i++) {
            file.append("2026-01-05T00:00:00Z,api_calls,customer-")
                    .append(i % 100)
                    .append(",call-")
                    .append(i)
                    .append(',')
                    .append(i)
                    .append('\n');
        }
        return file.toString().getBytes(UTF_8);
    }

    private static int events(ApiClient client) {
        return client.get("/v1/events?take=1").json().at("/meta/total").asInt();
    }

    private static String sum(ApiClient client) {
        return client.post("/v1/usage/query", """
                        {"aggregator":{"event_type":"api_calls","operation":"sum","property":"amount"},"mode":"all_time"}""").json().path("value").asString();
    }
}
