package io.meterline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.testing.ApiClient;
import io.meterline.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After an erasure no file of the data folder holds a byte of what the person was called or did. */
final class ErasedBytesTest {

    private static final int EVENTS = 20_000;
    private static final Map<String, String> SETTINGS = Map.of("store.fold_rows", "5000");
    private static final String DATABASE = "events.duckdb";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void noFileHoldsWhatWasErased() throws IOException {
        String id;
        try (TestServer server = start()) {
            ApiClient client = server.client();
            id = client.with("Idempotency-Key", "make-ada")
                    .post("/v1/customers", Map.of("external_id", "ada-4711", "name", "Ada LOVELACE"))
                    .json()
                    .path("id")
                    .asString();
            client.with("Idempotency-Key", "make-eve").post("/v1/customers", Map.of("external_id", "eve"));
            for (int from = 0; from < EVENTS; from += 5_000) {
                push(client, from, 5_000);
            }
            client.post("/v1/events", event("ada-4711", "rejected", "LOVELACE was refused", "ACTIVE_DATE"));
            assertThat(client.get("/v1/events").json().at("/meta/total").asInt())
                    .isEqualTo(EVENTS);
            assertThat(filesWith("LOVELACE")).isNotEmpty();
        }
        assertThat(filesWith("LOVELACE")).contains(DATABASE);

        try (TestServer server = start()) {
            ApiClient client = server.client();
            push(client, EVENTS, 100);
            assertThat(filesWith("LOVELACE")).anyMatch(name -> name.endsWith(".wal"));

            assertThat(client.post("/v1/customers/ada-4711/erase").status()).isEqualTo(200);

            for (String text : List.of("LOVELACE", "ada-4711")) {
                assertThat(filesWith(text)).isSubsetOf(Set.of(DATABASE));
            }
            assertThat(client.with("Idempotency-Key", "make-eve")
                            .post("/v1/customers", Map.of("external_id", "eve"))
                            .header("Idempotent-Replayed"))
                    .isEqualTo("true");
        }

        try (TestServer server = start()) {
            for (String text : List.of("LOVELACE", "ada-4711")) {
                assertThat(filesWith(text)).isEmpty();
            }
            ApiClient client = server.client();
            assertThat(client.get("/v1/customers/" + id).json().path("status").asString())
                    .isEqualTo("archived");
            assertThat(client.get("/v1/events").json().at("/meta/total").asInt())
                    .isEqualTo((EVENTS + 100) / 2);
            assertThat(filesWith("note of EVE")).contains(DATABASE);
            push(client, EVENTS + 100, 100);
            assertThat(client.get("/v1/events?customer_id=eve")
                            .json()
                            .at("/meta/total")
                            .asInt())
                    .isEqualTo((EVENTS + 200) / 2);
        }
    }

    private TestServer start() {
        return TestServer.start(folder, SETTINGS, InstantSource.system());
    }

    private static void push(ApiClient client, int from, int count) {
        List<Map<String, Object>> events = IntStream.range(from, from + count)
                .mapToObj(i -> i % 2 == 0
                        ? event("ada-4711", "r" + i, "note of LOVELACE, number " + i * 7919L, "2026-01-05T21:56:52Z")
                        : event("eve", "r" + i, "note of EVE, number " + i * 7919L, "2026-01-05T21:56:52Z"))
                .toList();
        assertThat(client.post("/v1/events/batch", events).status()).isEqualTo(201);
    }

    private static Map<String, Object> event(String customer, String id, String note, String timestamp) {
        return Map.of(
                "customer_id",
                customer,
                "event_type",
                "call",
                "timestamp",
                timestamp,
                "record",
                Map.of("id", id, "note", note, "whose", customer));
    }

    private Set<String> filesWith(String text) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    found.add(file.getFileName().toString());
                }
            }
        }
        return found;
    }
}
