package io.meterline.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meterline.event.Environment;
import io.meterline.testing.ApiClient;
import io.meterline.testing.ApiClient.Answer;
import io.meterline.testing.FileForm;
import io.meterline.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code /v1/imports} on the real server. Each test has event types of its own. */
final class ImportsIT {

    private static final String HEADER = "timestamp,event_type,customer_id,record/id,record/amount\n";

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder, Map.of("imports.max_size", "4 MiB"), InstantSource.system());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aCsvFileBecomesEventsByTheTypingRule() {
        JsonNode done = imported("typed.csv", """
                timestamp,event_type,customer_id,record/id,record/amount,record/code,record/paid,record/note,record.json/tags
                2026-01-05T21:56:52Z,typed,typed-acme,1,12.500000000000000001,007,true,"a ""quoted"",
                text","[1,""x""]"
                1767650212000,typed,4242,"2",,"12",false,"",
                """);

        assertThat(done.path("status").asString()).isEqualTo("succeeded");
        assertThat(done.path("events_created").asInt()).isEqualTo(2);
        assertThat(done.path("customers_created").asInt()).isEqualTo(2);
        assertThat(done.path("percent").asInt()).isEqualTo(100);
        assertThat(events("typed"))
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"id\":1,\"amount\":12.500000000000000001,\"code\":\"007\",\"paid\":true,"
                                + "\"note\":\"a \\\"quoted\\\",\\ntext\",\"tags\":[1,\"x\"]}",
                        "{\"id\":\"2\",\"code\":\"12\",\"paid\":false,\"note\":\"\"}");
    }

    @Test
    void nothingIsImportedFromAFileWithABadLineAndEachIsNumbered() {
        JsonNode done = imported("bad.csv", HEADER + """
                2026-01-05T21:56:52Z,bad,acme,1,1
                ACTIVE_DATE,bad,acme,2,2

                2026-01-05T21:56:52Z,bad,acme,3
                2026-01-05T21:56:52Z,bad,"cus_aaaaaaaaaaaaaaaaaaaaaaaaaa","4
                5",123456789012345678901
                2026-01-05T21:56:52Z,bad,,5,5
                """);

        assertThat(done.path("status").asString()).isEqualTo("failed");
        assertThat(done.at("/error/code").asString()).isEqualTo("invalid_events");
        assertThat(done.path("events_read").asInt()).isEqualTo(5);
        assertThat(done.path("events_failed").asInt()).isEqualTo(4);
        assertThat(done.path("errors")
                        .valueStream()
                        .map(error -> error.path("line").asInt() + " "
                                + error.path("code").asString() + " "
                                + error.path("path").asString()))
                .containsExactly(
                        "3 invalid_timestamp timestamp",
                        "5 wrong_field_count ",
                        "6 number_too_large record.amount",
                        "8 missing_field customer_id");
        assertThat(events("bad")).isEmpty();
    }

    @Test
    void aPartialImportTakesTheGoodLinesAndSetsTheBadAside() {
        JsonNode done = imported(
                server.client(),
                new FileForm().field("partial", "true").file("file", "partial.ndjson", """
                        {"customer_id":"acme","event_type":"partial","timestamp":"2026-01-05T21:56:52Z","record":{"id":1}}
                        {"customer_id":"acme","event_type":"partial","timestamp":"never","record":{"id":2}}
                        not json
                        {"customer_id":"acme","event_type":"partial","timestamp":"2026-01-05T21:56:52Z","record":{"id":3}}
                        """.getBytes(UTF_8)));

        assertThat(done.path("status").asString()).isEqualTo("succeeded");
        assertThat(done.path("events_created").asInt()).isEqualTo(2);
        assertThat(done.path("events_failed").asInt()).isEqualTo(2);
        assertThat(done.at("/errors/1/line").asInt()).isEqualTo(3);
        JsonNode rejected = server.client()
                .get("/v1/events/rejected?origin=" + done.path("id").asString())
                .json();
        assertThat(rejected.path("data")
                        .valueStream()
                        .map(event -> event.path("code").asString()))
                .containsExactly("invalid_json", "invalid_timestamp");
        assertThat(rejected.at("/data/0/source").asString()).isEqualTo("import");
    }

    @Test
    void importingTheSameFileTwiceChangesNothingAndALaterVersionWins() {
        String file = HEADER + "2026-01-05T00:00:00Z,twice,acme,1,10\n2026-01-05T00:00:00Z,twice,acme,2,20\n";
        imported("twice.csv", file);
        JsonNode again = imported("twice.csv", file);
        assertThat(again.path("events_created").asInt()).isZero();
        assertThat(again.path("events_corrected").asInt()).isEqualTo(2);
        assertThat(sum("twice")).isEqualTo("30");

        // When a corrected record is pushed, the old file is older.
        server.client().post("/v1/events", """
                {"customer_id":"acme","event_type":"twice","timestamp":"2026-01-06T00:00:00Z","record":{"id":1,"amount":11}}""");
        assertThat(imported("twice.csv", file).path("events_ignored").asInt()).isEqualTo(1);
        assertThat(sum("twice")).isEqualTo("31");

        // And with replace it wins.
        imported(
                server.client(),
                new FileForm().field("replace", "true").file("file", "twice.csv", file.getBytes(UTF_8)));
        assertThat(sum("twice")).isEqualTo("30");
    }

    @Test
    void gzipIsUnpackedAndTheTypeMayBeNamed() throws IOException {
        byte[] packed = gzip(HEADER + "2026-01-05T00:00:00Z,packed,acme,1,10\n");
        JsonNode done = imported(
                server.client(), new FileForm().file("file", "upload", packed).field("type", "csv"));
        assertThat(done.path("events_created").asInt()).isEqualTo(1);
        assertThat(imported(server.client(), new FileForm().file("file", "a.csv.gz", packed))
                        .path("status")
                        .asString())
                .isEqualTo("succeeded");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timestamp,event_type,customer_id,amount           | unknown_column",
                "timestamp,event_type,customer_id,record/amount    | missing_column",
                "timestamp;event_type;customer_id;record/id        | unknown_column",
                "timestamp,event_type,customer_id,record/id,record/id | duplicate_column",
                "timestamp,event_type,customer_id,record/id        | empty_file",
                "timestamp,event_type,customer_id,record/id,\"     | invalid_csv"
            })
    void aFileThatIsNoneFailsWithAReason(String header, String code) {
        assertThat(imported("header.csv", header + "\n").at("/error/code").asString())
                .isEqualTo(code);
    }

    @Test
    void aFileThatIsNotUtf8IsNamedSo() {
        byte[] latin = (HEADER + "2026-01-05T00:00:00Z,latin,caf\u00e9,1,10\n")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        JsonNode done = imported(server.client(), new FileForm().file("file", "latin.csv", latin));
        assertThat(done.at("/error/code").asString()).isEqualTo("invalid_utf8");
    }

    @Test
    void aFormThatIsNoneIsRefusedAtOnce() {
        byte[] file = HEADER.getBytes(UTF_8);
        assertThat(code(new FileForm().field("type", "csv"))).isEqualTo("400 required");
        assertThat(code(new FileForm().file("file", "usage.txt", file))).isEqualTo("400 invalid_value");
        assertThat(code(new FileForm().file("file", "a.csv", file).field("partial", "yes")))
                .isEqualTo("400 invalid_value");
        assertThat(code(new FileForm().file("file", "a.csv", file).field("mode", "x")))
                .isEqualTo("400 unknown_field");
        assertThat(code(new FileForm().file("file", "a.csv", file).file("file", "b.csv", file)))
                .isEqualTo("400 invalid_value");
        assertThat(code(new FileForm().file("file", "a.csv", new byte[5 << 20])))
                .isEqualTo("413 file_too_large");
        Answer json = server.client().post("/v1/imports", Map.of());
        assertThat(json.status() + " " + json.code()).isEqualTo("415 unsupported_media_type");
        byte[] cut = new FileForm().file("file", "a.csv", file).bytes();
        Answer half = form(server.client(), java.util.Arrays.copyOf(cut, cut.length - 30));
        assertThat(half.status() + " " + half.code()).isEqualTo("400 body_incomplete");
    }

    @Test
    void whatIsRefusedLeavesNoFileBehind() throws IOException {
        code(new FileForm().file("file", "usage.txt", HEADER.getBytes(UTF_8)));
        imported("left.csv", HEADER + "2026-01-05T00:00:00Z,left,acme,1,10\n");
        try (Stream<Path> files = Files.list(folder.resolve("tmp/imports"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void anIdempotencyKeyGivesTheSameImportAgain() {
        ApiClient client = server.client().with("Idempotency-Key", "import-once");
        byte[] body = new FileForm()
                .file("file", "once.csv", (HEADER + "2026-01-05T00:00:00Z,once,acme,1,10\n").getBytes(UTF_8))
                .bytes();
        Answer first = form(client, body);
        Answer second = form(client, body);
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");

        Answer other = form(
                client,
                new FileForm().file("file", "once.csv", HEADER.getBytes(UTF_8)).bytes());
        assertThat(other.status() + " " + other.code()).isEqualTo("409 idempotency_key_reused");
    }

    @Test
    void anImportBelongsToTheEnvironmentOfItsKey() {
        JsonNode done = imported(
                server.client(Environment.TEST),
                new FileForm()
                        .file(
                                "file",
                                "test.csv",
                                (HEADER + "2026-01-05T00:00:00Z,of_test,acme,1,10\n").getBytes(UTF_8)));
        assertThat(server.client()
                        .get("/v1/imports/" + done.path("id").asString())
                        .code())
                .isEqualTo("unknown_import");
        assertThat(events("of_test")).isEmpty();
        assertThat(server.client(Environment.TEST)
                        .get("/v1/imports?take=1")
                        .json()
                        .at("/data/0/id"))
                .isEqualTo(done.path("id"));
    }

    @Test
    void aKeyThatOnlyReadsImportsNothing() {
        Answer key = server.client().post("/v1/api-keys", Map.of("name", "reader", "scopes", List.of("read")));
        ApiClient reader = server.client(key.json().path("key").asString());
        Answer answer = form(
                reader,
                new FileForm().file("file", "a.csv", HEADER.getBytes(UTF_8)).bytes());
        assertThat(answer.status()).isEqualTo(403);
        assertThat(reader.get("/v1/imports").status()).isEqualTo(200);
    }

    @Test
    void onlyTheFirstThousandErrorsAreKeptAndAllAreCounted() {
        StringBuilder file = new StringBuilder(HEADER);
        for (int i = 0; i < 6_000; i++) {
            file.append("never,many,acme,").append(i).append(",1\n");
        }
        JsonNode done = imported("many.csv", file.toString());
        assertThat(done.path("events_failed").asInt()).isEqualTo(6_000);
        assertThat(done.path("errors")).hasSize(1_000);
        assertThat(done.at("/errors/999/line").asInt()).isEqualTo(1_001);
    }

    private static JsonNode imported(String name, String content) {
        return imported(server.client(), new FileForm().file("file", name, content.getBytes(UTF_8)));
    }

    private static JsonNode imported(ApiClient client, FileForm form) {
        Answer queued = form(client, form.bytes());
        assertThat(queued.status()).as(queued.text()).isEqualTo(202);
        String path = "/v1/imports/" + queued.json().path("id").asString();
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> client.get(path).json(),
                        one -> !one.path("finished_at").isNull());
    }

    private static String code(FileForm form) {
        Answer answer = form(server.client(), form.bytes());
        return answer.status() + " " + answer.code();
    }

    private static Answer form(ApiClient client, byte[] body) {
        return client.with("Content-Type", FileForm.TYPE).send("POST", "/v1/imports", body);
    }

    private static List<JsonNode> events(String type) {
        List<JsonNode> records = new ArrayList<>();
        server.client()
                .get("/v1/events?order=asc&sort=ingested_at&event_type=" + type)
                .json()
                .path("data")
                .forEach(event -> records.add(event.path("record")));
        return records;
    }

    private static String sum(String type) {
        return server.client()
                .post("/v1/usage/query", """
                        {"aggregator":{"event_type":"%s","operation":"sum","property":"amount"},"mode":"all_time"}""".formatted(type))
                .json()
                .path("value")
                .asString();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return out.toByteArray();
    }
}
