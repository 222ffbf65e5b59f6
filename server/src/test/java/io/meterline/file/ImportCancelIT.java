package io.meterline.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meterline.testing.ApiClient.Answer;
import io.meterline.testing.FileForm;
import io.meterline.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Imports that somebody stops, on a running server. */
final class ImportCancelIT {

    private static final String HEADER = "timestamp,event_type,customer_id,record/id,record/amount\n";

    @TempDir
    private Path folder = Path.of("");

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder, Map.of(), InstantSource.system());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anImportThatIsCancelledKeepsWhatIsInAndTheNextOneNeverBegins() throws IOException {
        String first = queued("first.csv", lines("cancelled_first", 400_000), true);
        String second = queued("second.csv", lines("cancelled_second", 10), false);

        Answer waiting = server.client().post(second + "/cancel");
        assertThat(waiting.status()).isEqualTo(202);
        assertThat(waiting.json().path("status").asString()).isEqualTo("cancelled");
        assertThat(waiting.json().at("/error/message").asString()).endsWith("Nothing was imported.");
        await().until(() ->
                server.client().get(first).json().path("events_created").asLong() > 0);
        assertThat(server.client().post(first + "/cancel").status()).isEqualTo(202);
        JsonNode done = over(first);

        long in = done.path("events_created").asLong();
        assertThat(done.path("status").asString()).isEqualTo("cancelled");
        assertThat(in).isBetween(1L, 399_999L);
        assertThat(done.at("/error/message").asString()).contains("the first " + in + " records are in");
        assertThat(count("cancelled_first")).isEqualTo(Long.toString(in));
        assertThat(count("cancelled_second")).isEqualTo("0");
        assertThat(server.client().post(first + "/cancel").json().path("status").asString())
                .isEqualTo("cancelled");
        try (Stream<Path> files = Files.list(folder.resolve("tmp/imports"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void anImportThatIsCancelledWhileItIsJudgedLeavesNothing() {
        String path = queued("judged.csv", lines("judged", 400_000), false);
        await().until(() ->
                server.client().get(path).json().path("status").asString().equals("validating"));

        server.client().post(path + "/cancel");

        JsonNode done = over(path);
        assertThat(done.path("status").asString()).isEqualTo("cancelled");
        assertThat(done.at("/error/message").asString()).isEqualTo("The import was cancelled. Nothing was imported.");
        assertThat(count("judged")).isEqualTo("0");
        assertThat(server.client().post("/v1/imports/imp_none/cancel").code()).isEqualTo("unknown_import");
    }

    private static String lines(String type, int count) {
        StringBuilder file = new StringBuilder(HEADER);
        for (int i = 0; i < count; i++) {
            file.append("2026-01-05T00:00:00Z,")
                    .append(type)
                    .append(",acme,")
                    .append(i)
                    .append(",1\n");
        }
        return file.toString();
    }

    private String queued(String name, String content, boolean partial) {
        FileForm form =
                new FileForm().file("file", name, content.getBytes(UTF_8)).field("partial", "" + partial);
        return "/v1/imports/"
                + server.client()
                        .with("Content-Type", FileForm.TYPE)
                        .send("POST", "/v1/imports", form.bytes())
                        .json()
                        .path("id")
                        .asString();
    }

    private JsonNode over(String path) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> server.client().get(path).json(),
                        one -> !one.path("finished_at").isNull());
    }

    private String count(String type) {
        return server.client()
                .post("/v1/usage/query", """
                        {"aggregator":{"event_type":"%s","operation":"count"},"mode":"all_time"}""".formatted(type))
                .json()
                .path("value")
                .asString();
    }
}
