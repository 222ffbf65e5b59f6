package io.meterline.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meterline.event.Environment;
import io.meterline.http.Json;
import io.meterline.testing.ApiClient;
import io.meterline.testing.ApiClient.Answer;
import io.meterline.testing.FileForm;
import io.meterline.testing.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** {@code /v1/exports} on the real server, and what an import makes of an export. */
final class ExportsIT {

    private static final String AWKWARD = """
            {"id":1,"text":"a \\"quoted\\", text\\r\\nover lines","n":99999999999999999999.999999999999999999}
            {"id":"2","text":"007","n":-0.000000000000000001,"mixed":"12.50"}
            {"id":"3","text":"","b":true,"mixed":12.5,"Text":"another"}
            {"id":"é\\u2028\uD83D\uDE00","text":"true","b":false,"mixed":true,"tags":[1,"x",null,true,0.10,"a,b"]}
            {"id":5,"text":"null","mixed":["x"],"tags":[],"a,b \\"c\\"":" spaced "}
            {"id":123456789012345678901234567890,"text":"\\u0001\\t'\\\\"}
            """;

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(FileType.class)
    void whatIsExportedIsImportedAgainAsTheSameEvents(FileType type) {
        String name = "awkward_" + type.text();
        String[] records = AWKWARD.strip().split("\n");
        String batch = Stream.of(records)
                .filter(record -> type != FileType.PARQUET || !record.contains("\"Text\""))
                .map(record -> event(name, record))
                .collect(Collectors.joining("\n"));
        assertThat(server.client()
                        .with("Content-Type", "application/x-ndjson")
                        .post("/v1/events/batch", batch)
                        .json()
                        .path("events_failed"))
                .isEmpty();

        byte[] file = export(server.client(), "/v1/exports/events?event_type=" + name + "&format=" + type.text());
        JsonNode done = imported(server.client(Environment.TEST), name + "." + type.text(), file);

        assertThat(done.path("status").asString()).as(done.toString()).isEqualTo("succeeded");
        Map<String, String> expected = events(server.client(), name);
        assertThat(expected).hasSizeGreaterThan(4);
        if (type == FileType.PARQUET) {
            // Parquet has one type for a column, and ids are text.
            expected.replaceAll((id, text) -> text.replaceFirst("\"id\":([0-9]+)", "\"id\":\"$1\""));
        }
        assertThat(events(server.client(Environment.TEST), name)).isEqualTo(expected);
    }

    @Test
    void aPropertyThatIsNullIsKeptByNdjsonAndMissingInCsv() {
        push("nulls", "{\"id\":1,\"a\":null,\"b\":1}");
        assertThat(text("/v1/exports/events?event_type=nulls&format=ndjson")).contains("\"a\":null");
        assertThat(text("/v1/exports/events?event_type=nulls")).isEqualTo("""
                timestamp,event_type,customer_id,record/id,record/b
                2026-01-05T00:00:00Z,"nulls","acme",1,1
                """);
    }

    @Test
    void anExportIsFilteredAsAListIs() {
        push("filtered", "{\"id\":1,\"region\":\"eu\"}");
        push("filtered", "{\"id\":2,\"region\":\"us\"}");
        String path = "/v1/exports/events?event_type=filtered&format=ndjson";
        assertThat(text(path + "&record.region=eu").lines()).hasSize(1);
        assertThat(text(path + "&timestamp__gte=2026-01-06T00:00:00Z")).isEmpty();
        assertThat(text(path + "&customer_id=acme&source=push").lines()).hasSize(2);
        assertThat(server.client().get(path + "&customer_id=nobody").code()).isEqualTo("unknown_customer");
        assertThat(server.client().get("/v1/exports/events?format=xml").code()).isEqualTo("invalid_parameter");
    }

    @Test
    void columnsThatDifferByCaseAreNoParquet() {
        push("cased", "{\"id\":1,\"amount\":1,\"Amount\":2}");
        Answer answer = server.client().get("/v1/exports/events?event_type=cased&format=parquet");
        assertThat(answer.status() + " " + answer.code()).isEqualTo("422 columns_differ_by_case");
    }

    @Test
    void usageIsExportedWithAllItsGroupsAndWindows() {
        for (int customer = 0; customer < 150; customer++) {
            server.client()
                    .post(
                            "/v1/events",
                            event("used", "{\"id\":" + customer + ",\"n\":" + customer + "}")
                                    .replace("acme", "used-" + customer));
        }
        String aggregator = server.client()
                .post(
                        "/v1/aggregators",
                        Map.of("name", "used", "event_type", "used", "operation", "sum", "property", "n"))
                .json()
                .path("id")
                .asString();
        String path = "/v1/exports/usage?aggregator_id=" + aggregator
                + "&from=2026-01-04T00:00:00Z&to=2026-01-06T00:00:00Z&window=day&group_by=customer_id";
        List<String> lines = text(path).lines().toList();
        assertThat(lines).hasSize(301);
        assertThat(lines.getFirst()).isEqualTo("customer_id,external_customer_id,from,to,value,events");
        assertThat(lines.get(2)).endsWith(",\"used-149\",2026-01-05T00:00:00Z,2026-01-06T00:00:00Z,149,1");
        assertThat(text(path + "&format=ndjson").lines().findFirst().orElseThrow())
                .contains("\"value\":null,\"events\":0");
        assertThat(export(server.client(), path + "&format=parquet")).startsWith("PAR1".getBytes(UTF_8));
        assertThat(text("/v1/exports/usage?mode=all_time&to=2026-02-01T00:00:00Z&aggregator_id=" + aggregator))
                .isEqualTo("from,to,value,events\n,2026-02-01T00:00:00Z,11175,150\n");
    }

    @Test
    void noTextOfUsageIsAFormulaInCsvAndEventsGoOutAsTheyAre() {
        push("formulas", "{\"id\":\"@1\",\"=p\":\"=1+1\",\"n\":-5}");
        String aggregator = server.client()
                .post("/v1/aggregators", Map.of("name", "formulas", "event_type", "formulas", "operation", "count"))
                .json()
                .path("id")
                .asString();
        String usage = "/v1/exports/usage?mode=all_time&to=2026-02-01T00:00:00Z&aggregator_id=" + aggregator
                + "&group_by=%3Dp,n";

        assertThat(text(usage)).isEqualTo("'=p,n,from,to,value,events\n\"'=1+1\",\"-5\",,2026-02-01T00:00:00Z,1,1\n");
        assertThat(text(usage + "&format=ndjson")).contains("\"=p\":\"=1+1\"");
        assertThat(text("/v1/exports/events?event_type=formulas")).contains("\"@1\"", "\"=1+1\"", "record/=p", ",-5");
    }

    @Test
    void aReceiverThatGoesAwayStopsTheExportAndLeavesNothingBehind() throws IOException {
        String record = "{\"id\":\"%d\",\"text\":\"" + "x".repeat(4_000) + "\"}";
        for (int batch = 0; batch < 5; batch++) {
            int from = batch * 1_000;
            String events = IntStream.range(from, from + 1_000)
                    .mapToObj(i -> event("large", record.formatted(i)))
                    .collect(Collectors.joining("\n"));
            server.client().with("Content-Type", "application/x-ndjson").post("/v1/events/batch", events);
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(
                            ("GET /v1/exports/events?event_type=large&format=ndjson HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                                            + TestServer.LIVE_KEY + "\r\n\r\n")
                                    .getBytes(UTF_8));
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readNBytes(12), UTF_8)).isEqualTo("HTTP/1.1 200");
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> left().isEmpty());
    }

    @Test
    void headersAloneAreAnsweredWithoutAFile() throws IOException {
        push("headed", "{\"id\":1}");
        assertThat(server.client()
                        .send("HEAD", "/v1/exports/events?event_type=headed", null)
                        .status())
                .isEqualTo(200);
        assertThat(left()).isEmpty();
    }

    private static List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("tmp/exports"))) {
            return files.toList();
        }
    }

    private static String event(String type, String record) {
        return "{\"customer_id\":\"acme\",\"event_type\":\"%s\",\"timestamp\":\"2026-01-05T00:00:00Z\",\"record\":%s}"
                .formatted(type, record);
    }

    private static void push(String type, String record) {
        assertThat(server.client().post("/v1/events", event(type, record)).status())
                .isEqualTo(201);
    }

    private static String text(String path) {
        return new String(export(server.client(), path), UTF_8);
    }

    private static byte[] export(ApiClient client, String path) {
        Answer answer = client.get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.response().body();
    }

    private static JsonNode imported(ApiClient client, String name, byte[] file) {
        Answer queued = client.with("Content-Type", FileForm.TYPE)
                .send(
                        "POST",
                        "/v1/imports",
                        new FileForm().file("file", name, file).bytes());
        String path = "/v1/imports/" + queued.json().path("id").asString();
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> client.get(path).json(),
                        one -> !one.path("finished_at").isNull());
    }

    /** Records by id, with their properties in order of their names. */
    private static Map<String, String> events(ApiClient client, String type) {
        Map<String, String> events = new TreeMap<>();
        client.get("/v1/events?take=100&event_type=" + type).json().path("data").forEach(event -> {
            List<String> properties = new ArrayList<>();
            event.path("record").properties().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(property -> properties.add(
                            Json.mapper().writeValueAsString(property.getKey()) + ":" + property.getValue()));
            events.put(
                    event.path("record_id").asString(),
                    event.path("external_customer_id").asString() + event.path("timestamp") + properties);
        });
        return events;
    }
}
