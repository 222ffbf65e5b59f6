package io.meterline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.testing.ApiClient;
import io.meterline.testing.ServerProcess;
import io.meterline.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose event store cannot be opened anew ends, in so many words, for its supervisor to start it again. */
@Tag("long")
final class GivingUpTest {

    @Test
    void theProcessEndsWithItsCodeAndNothingIsLost(@TempDir Path folder) throws IOException {
        Path data = folder.resolve("data");
        Map<String, String> settings = Map.of("store.fold_rows", "100");
        Path events = data.resolve("events");
        try (ServerProcess server = ServerProcess.start(data, settings, List.of())) {
            ApiClient client = ApiClient.at(server.base(), TestServer.LIVE_KEY);
            Files.move(events, folder.resolve("elsewhere"));
            assertThat(client.post("/v1/events/batch", batch()).status()).isEqualTo(201);

            assertThat(server.exitCode(Duration.ofMinutes(2))).isEqualTo(70);
        }
        assertThat(Files.readString(folder.resolve("data.log")))
                .contains("meterline: The event store could not be opened anew.")
                .contains("The process ends, to be started again.");

        Files.move(folder.resolve("elsewhere"), events);
        try (ServerProcess server = ServerProcess.start(data, settings, List.of())) {
            ApiClient client = ApiClient.at(server.base(), TestServer.LIVE_KEY);
            assertThat(client.get("/v1/events").json().at("/meta/total").asInt())
                    .isEqualTo(500);
        }
    }

    private static List<Map<String, Object>> batch() {
        return IntStream.range(0, 500)
                .mapToObj(i -> Map.<String, Object>of(
                        "customer_id",
                        "ada",
                        "event_type",
                        "call",
                        "timestamp",
                        "2026-01-05T21:56:52Z",
                        "record",
                        Map.of("id", i)))
                .toList();
    }
}
