package io.meterline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.access.EnvironmentSettings;
import io.meterline.access.RateLimiter;
import io.meterline.control.ControlDatabase;
import io.meterline.customer.CustomerDirectory;
import io.meterline.event.CustomerId;
import io.meterline.event.Environment;
import io.meterline.ingest.CustomerResolver;
import io.meterline.ingest.EventErrorCode;
import io.meterline.ingest.Ingest;
import io.meterline.ingest.IngestRules;
import io.meterline.ingest.RejectedEvents;
import io.meterline.store.ReferenceEventStore;
import io.meterline.testing.ApiClient;
import io.meterline.testing.ApiClient.Answer;
import io.meterline.testing.TestApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Events over HTTP, on the reference store. */
final class EventApiTest {

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-02-01T00:00:00Z");
    private ControlDatabase database;
    private CustomerDirectory customers;
    private TestApi server;
    private ApiClient live;
    private ApiClient test;

    @BeforeEach
    void start() {
        database = ControlDatabase.open(folder, 2, 1_000);
        customers = new CustomerDirectory(database, () -> now);
        ReferenceEventStore store = new ReferenceEventStore(() -> now);
        RejectedEvents rejected = new RejectedEvents(database, () -> now, Duration.ofDays(30), 1_000);
        EnvironmentSettings settings =
                new EnvironmentSettings(EnvironmentSettings.ExcessDigits.REJECT, Duration.ofDays(1), true);
        Ingest ingest =
                new Ingest(store, CustomerResolver.of(customers), rejected, () -> now, _ -> IngestRules.of(settings));
        server = TestApi.start(
                database, () -> now, new EventApi(ingest, store, customers, rejected, new RateLimiter(() -> now)));
        live = server.client(Environment.LIVE);
        test = server.client(Environment.TEST);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    @Test
    void oneEventIsAnsweredAsTheDocumentsSay() {
        Answer answer = live.post("/v1/events", """
                {"customer_id":"acme","event_type":"new_transaction","timestamp":"2026-01-05T21:56:52Z",
                 "record":{"id":485,"amount":2500.50,"tags":["a",1]}}""");

        assertThat(answer.status()).isEqualTo(201);
        JsonNode json = answer.json();
        assertThat(json.path("id").asString()).startsWith("evt_");
        assertThat(json.path("event_type").asString()).isEqualTo("new_transaction");
        assertThat(CustomerId.isOne(json.path("customer_id").asString())).isTrue();
        assertThat(json.path("external_customer_id").asString()).isEqualTo("acme");
        assertThat(json.path("timestamp").asString()).isEqualTo("2026-01-05T21:56:52Z");
        assertThat(json.path("record_id").asString()).isEqualTo("485");
        assertThat(answer.text()).contains("\"record\":{\"id\":485,\"amount\":2500.50,\"tags\":[\"a\",1]}");
    }

    @Test
    void whatWasSentIsReadBackUnderItsIdWithItsIdFirst() {
        // Given
        String record = "{\"n\":0.10,\"id\":\"x\",\"t\":\"é\\n\",\"b\":true,\"z\":null,\"a\":[1.50,\"two\",false,null],"
                + "\"big\":12345678901234567890.123456789012345678}";
        String id = live.post("/v1/events", event("acme", "2026-01-05T21:56:52.5Z", record))
                .json()
                .path("id")
                .asString();

        // When
        Answer answer = live.get("/v1/events/" + id);

        // Then
        assertThat(answer.text())
                .contains("\"record\":{\"id\":\"x\",\"n\":0.1,\"t\":\"é\\n\",\"b\":true,\"z\":null,"
                        + "\"a\":[1.5,\"two\",false,null],\"big\":12345678901234567890.123456789012345678}")
                .contains("\"source\":\"push\"")
                .contains("\"timestamp\":\"2026-01-05T21:56:52.500Z\"");
        assertThat(test.get("/v1/events/" + id).code()).isEqualTo("unknown_event");
        assertThat(live.get("/v1/events/evt_nonsense").status()).isEqualTo(404);
    }

    @Test
    void aCorrectionKeepsItsIdAndAnOlderVersionIsIgnoredUnlessItReplaces() {
        String first = send("2026-01-02T00:00:00Z", "{\"id\":1,\"v\":\"first\"}", "");
        String newer = send("2026-01-03T00:00:00Z", "{\"id\":\"1\",\"v\":\"newer\"}", "");
        String older = send("2026-01-01T00:00:00Z", "{\"id\":1,\"v\":\"older\"}", "");

        assertThat(List.of(newer, older)).containsOnly(first);
        assertThat(record(first).path("v").asString()).isEqualTo("newer");

        send("2026-01-01T00:00:00Z", "{\"id\":1,\"v\":\"older\"}", "?replace=true");
        assertThat(record(first).path("v").asString()).isEqualTo("older");
    }

    @Test
    void everyItemOfABatchHasItsOwnResult() {
        // Given
        String bad =
                "{\"customer_id\":\"acme\",\"event_type\":\"tx\",\"record\":{\"id\":7,\"o\":{\"x\":[1]}},\"timestamp\":1}";

        // When
        Answer answer = live.post("/v1/events/batch", "[" + event(1) + "," + bad + ", 5 ," + event(2) + "]");

        // Then
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("events_created"))
                .extracting(created -> created.path("record_id").asString())
                .containsExactly("1", "2");
        JsonNode failed = answer.json().path("events_failed");
        assertThat(failed).hasSize(2);
        assertThat(failed.get(0).toString())
                .isEqualTo("{\"index\":1,\"customer_id\":\"acme\",\"event_type\":\"tx\","
                        + "\"record\":{\"id\":7,\"o\":{\"x\":[1]}},\"timestamp\":1,\"error\":{\"code\":\"nested_object\","
                        + "\"message\":\"" + EventErrorCode.NESTED_OBJECT.sentence() + "\",\"path\":\"record.o\"}}");
        assertThat(failed.get(1).at("/error/code").asString()).isEqualTo("not_an_object");
    }

    @Test
    void aBatchOfWhichNothingIsAcceptedIsAProblemWithBothArrays() {
        Answer answer = live.post("/v1/events/batch", "[{\"foo\":1},{}]");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("all_events_failed");
        assertThat(answer.json().path("events_created").isArray()).isTrue();
        assertThat(answer.json().path("events_created")).isEmpty();
        assertThat(answer.json().path("events_failed"))
                .extracting(failed -> failed.at("/error/code").asString())
                .containsExactly("unknown_field", "missing_field");
        assertThat(answer.json().at("/events_failed/0/error/message").asString())
                .contains("\"foo\"");
    }

    @Test
    void aMinimalAnswerCounts() {
        Answer answer = live.with("Prefer", "respond-async, return=\"minimal\"")
                .post("/v1/events/batch", "[" + event(1) + ",{}]");

        assertThat(answer.json().path("created").asInt()).isEqualTo(1);
        assertThat(answer.json().path("events_failed")).hasSize(1);
        assertThat(answer.json().has("events_created")).isFalse();
        assertThat(answer.header("Preference-Applied")).isEqualTo("return=minimal");
    }

    @Test
    void linesAreABatchToo() {
        String lines = event(1) + "\n\nnot json\n" + event(2) + "\r\n";

        Answer answer = lines(live, lines.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("events_created")).hasSize(2);
        assertThat(answer.json().at("/events_failed/0").toString())
                .startsWith("{\"index\":1,\"error\":{\"code\":\"invalid_json\"");
        assertThat(live.get("/v1/events/rejected").json().at("/data/0/raw").asString())
                .isEqualTo("not json");
    }

    @Test
    void manyLinesAreAllStored() {
        String lines = IntStream.range(0, 12_345).mapToObj(EventApiTest::event).collect(Collectors.joining("\n"));

        Answer answer = lines(live.with("Prefer", "return=minimal"), lines.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.json().path("created").asInt()).isEqualTo(12_345);
        assertThat(live.get("/v1/events?take=1").json().at("/meta/total").asInt())
                .isEqualTo(12_345);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/v1/events|{\"a\":|400|invalid_json",
                "/v1/events|~~|400|invalid_json",
                "/v1/events|[]|400|not_an_object",
                "/v1/events|{}|400|missing_field",
                "/v1/events|{} {}|400|invalid_json",
                "/v1/events?with_price_calculation=true|{}|422|price_calculation_not_available",
                "/v1/events?replace=yes|{}|400|invalid_parameter",
                "/v1/events?foo=1|{}|400|unknown_parameter",
                "/v1/events/batch|{}|400|expected_array",
                "/v1/events/batch|[]|400|empty_batch",
                "/v1/events/batch|[{}|400|invalid_json",
                "/v1/events/batch|[{\"customer_id\":NaN}]|400|invalid_json",
            })
    void malformedRequestsAreRefusedAndLeaveNoFigures(String path, String body, int status, String code) {
        Answer answer = live.post(path, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(live.get("/v1/events").json().at("/meta/total").asInt()).isZero();
    }

    @Test
    void bodiesThatAreTooLongTooDeepOrCutShortAreRefusedAsAWhole() throws IOException {
        String tooMany = "[" + String.join(",", Collections.nCopies(5_001, event(1))) + "]";
        byte[] packed = gzip(IntStream.range(0, 20_000)
                .mapToObj(EventApiTest::event)
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8));
        byte[] cut = Arrays.copyOf(packed, packed.length - 20);

        assertThat(live.post("/v1/events/batch", tooMany).code()).isEqualTo("too_many_events");
        assertThat(live.post("/v1/events/batch", "[".repeat(600) + "]".repeat(600))
                        .code())
                .isEqualTo("json_too_deep");
        assertThat(lines(live.with("Content-Encoding", "gzip"), cut).code()).isEqualTo("invalid_gzip");
        assertThat(lines(live, new byte[33 << 20]).status()).isEqualTo(413);
        assertThat(live.with("Content-Type", "text/plain")
                        .post("/v1/events/batch", "[]")
                        .status())
                .isEqualTo(415);
        assertThat(live.get("/v1/events").json().at("/meta/total").asInt()).isZero();
        assertThat(live.get("/v1/events/rejected").json().at("/meta/total").asInt())
                .isZero();
        assertThat(lines(live.with("Content-Encoding", "gzip").with("Prefer", "return=minimal"), packed)
                        .json()
                        .path("created")
                        .asInt())
                .isEqualTo(20_000);
    }

    @Test
    void anUnknownCustomerOfOursIsRefusedAndAnyOtherTextIsAnExternalId() {
        String ours = CustomerId.next(new Random(1));

        assertThat(live.post("/v1/events", event(ours, "2026-01-01T00:00:00Z", "{\"id\":1}"))
                        .code())
                .isEqualTo("unknown_customer");
        assertThat(live.post("/v1/events", event("cus_fh4585Jjrekkk", "2022-01-05 21:56:52", "{\"id\":485}"))
                        .json()
                        .path("external_customer_id")
                        .asString())
                .isEqualTo("cus_fh4585Jjrekkk");
    }

    @Test
    void aKeyOverItsLimitIsToldWhenToComeBackAndNothingIsTaken() {
        // Given
        String full =
                "[" + IntStream.range(0, 5_000).mapToObj(EventApiTest::event).collect(Collectors.joining(",")) + "]";
        ApiClient minimal = test.with("Prefer", "return=minimal");

        // When
        Answer first = minimal.post("/v1/events/batch", full);
        Answer second = minimal.post("/v1/events/batch", "[" + event(9_999) + "]");

        // Then
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("X-RateLimit-Limit")).isEqualTo("50");
        assertThat(first.header("X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(second.status()).isEqualTo(429);
        assertThat(second.code()).isEqualTo("rate_limited");
        assertThat(second.header("Retry-After")).isEqualTo("1");
        assertThat(second.header("X-RateLimit-Reset")).isEqualTo("100");
        assertThat(test.get("/v1/events").json().at("/meta/total").asInt()).isEqualTo(5_000);
        assertThat(test.get("/v1/events/rejected").json().at("/meta/total").asInt())
                .isZero();
        now = now.plusSeconds(1);
        assertThat(test.post("/v1/events", "{}").header("X-RateLimit-Remaining"))
                .isEqualTo("49");
        assertThat(live.post("/v1/events", event(1)).header("X-RateLimit-Limit"))
                .isNull();
    }

    @Test
    void filtersAndPagesFindEveryEventOnce() {
        // Given
        for (int i = 0; i < 7; i++) {
            live.post(
                    "/v1/events",
                    event(
                            "c" + i % 2,
                            "2026-01-0" + (1 + i / 2) + "T00:00:00Z",
                            "{\"id\":" + i + ",\"p\":\"" + i % 3 + "\"}"));
        }

        // Then
        assertThat(ids("?customer_id=c1")).containsExactly("5", "3", "1");
        assertThat(ids("?record_id=1,2,99")).containsExactly("2", "1");
        assertThat(ids("?record.p=1&order=asc")).containsExactly("1", "4");
        assertThat(ids("?record.id=3")).containsExactly("3");
        assertThat(ids("?timestamp__gte=2026-01-02T00:00:00Z&timestamp__lt=2026-01-03T00:00:00Z"))
                .containsExactly("3", "2");
        assertThat(ids("?source=loader")).isEmpty();
        assertThat(ids("?event_type=other")).isEmpty();
        assertThat(ids("?ingested_at__lt=2026-02-01T00:00:00Z")).isEmpty();
        for (String order : List.of("", "&order=asc", "&sort=ingested_at")) {
            List<String> paged = new ArrayList<>();
            JsonNode next = null;
            do {
                String cursor = next == null ? "" : "&cursor=" + next.asString();
                JsonNode page = live.get("/v1/events?take=3" + order + cursor).json();
                page.path("data")
                        .forEach(event -> paged.add(event.path("record_id").asString()));
                assertThat(page.at("/meta/total").asInt()).isEqualTo(7);
                next = page.at("/meta/next_cursor");
            } while (!next.isNull());
            assertThat(paged).hasSize(7).doesNotHaveDuplicates();
        }
        String cursor =
                live.get("/v1/events?take=3").json().at("/meta/next_cursor").asString();
        assertThat(live.get("/v1/events?take=3&order=asc&cursor=" + cursor).code())
                .isEqualTo("invalid_cursor");
        assertThat(live.get("/v1/events?customer_id=nobody").code()).isEqualTo("unknown_customer");
        assertThat(live.get("/v1/events?take=101").status()).isEqualTo(400);
    }

    @Test
    void eventTypesListTheirPropertiesAndKinds() {
        live.post("/v1/events", event("a", "2026-01-01T00:00:00Z", "{\"id\":1,\"p\":1,\"q\":null}"));
        live.post("/v1/events", event("a", "2026-01-02T00:00:00Z", "{\"id\":2,\"p\":\"x\"}"));

        JsonNode type = live.get("/v1/event-types").json().at("/data/0");

        assertThat(type.toString())
                .isEqualTo("{\"name\":\"tx\",\"events\":2,\"first_seen\":\"2026-01-01T00:00:00Z\","
                        + "\"last_seen\":\"2026-01-02T00:00:00Z\",\"properties\":[{\"name\":\"p\",\"kinds\":[\"text\","
                        + "\"number\"]},{\"name\":\"q\",\"kinds\":[]}]}");
        assertThat(test.get("/v1/event-types").json().path("data")).isEmpty();
    }

    @Test
    void onlyTestEventsCanBeDeleted() {
        // Given
        test.post("/v1/events", event("a", "2026-01-02T00:00:00Z", "{\"id\":258}"));
        test.post("/v1/events", event("a", "2026-01-02T00:00:00Z", "{\"id\":\"x\"}"));
        Map<String, Object> wanted =
                Map.of("matching", "record_ids", "event_type", "tx", "record_ids", List.of(258, "258", "y"));

        // Then
        assertThat(live.delete("/v1/events", wanted).code()).isEqualTo("append_only");
        assertThat(test.delete("/v1/events", wanted).json().path("deleted").asInt())
                .isEqualTo(1);
        assertThat(test.delete("/v1/events", wanted).json().path("deleted").asInt())
                .isZero();
        assertThat(test.delete("/v1/events", Map.of("matching", "all")).status())
                .isEqualTo(400);
        assertThat(test.get("/v1/events").json().at("/meta/total").asInt()).isEqualTo(1);
        test.post("/v1/events", event("a", "2026-01-01T00:00:00Z", "{\"id\":258}"));
        assertThat(test.get("/v1/events").json().at("/meta/total").asInt()).isEqualTo(2);
    }

    @Test
    void aRejectedEventCanBeCorrectedAndIsGoneThen() {
        // Given
        live.post("/v1/events", event("acme", "ACTIVE_DATE", "{\"id\":258}"));
        JsonNode rejected = live.get("/v1/events/rejected?code=invalid_timestamp&customer_id=acme&source=push")
                .json();
        String id = rejected.at("/data/0/id").asString();

        // Then
        assertThat(rejected.at("/data/0/path").asString()).isEqualTo("timestamp");
        assertThat(rejected.at("/data/0/event_type").asString()).isEqualTo("tx");
        assertThat(live.post("/v1/events/rejected/" + id + "/replay").code()).isEqualTo("invalid_timestamp");
        assertThat(live.post("/v1/events/rejected/" + id + "/replay", "{}").code())
                .isEqualTo("missing_field");
        assertThat(live.get("/v1/events/rejected/" + id).json().path("code").asString())
                .isEqualTo("missing_field");
        assertThat(test.post("/v1/events/rejected/" + id + "/replay").code()).isEqualTo("unknown_rejected_event");
        assertThat(live.post(
                                "/v1/events/rejected/" + id + "/replay",
                                event("acme", "2026-01-05T00:00:00Z", "{\"id\":258}"))
                        .status())
                .isEqualTo(201);
        assertThat(live.get("/v1/events/rejected").json().at("/meta/total").asInt())
                .isZero();
        assertThat(live.get("/v1/events/rejected/" + id).status()).isEqualTo(404);
        assertThat(live.get("/v1/events").json().at("/meta/total").asInt()).isEqualTo(1);
    }

    @Test
    void anEventOfWhichOnlyAPartWasKeptNeedsTheWholeToBeReplayed() {
        live.post(
                "/v1/events", event("acme", "2026-01-05T00:00:00Z", "{\"id\":1,\"t\":\"" + "x".repeat(9_000) + "\"}"));
        JsonNode rejected = live.get("/v1/events/rejected").json().at("/data/0");

        assertThat(rejected.path("complete").asBoolean()).isFalse();
        assertThat(rejected.path("raw").asString()).hasSize(8 * 1024);
        assertThat(live.post("/v1/events/rejected/" + rejected.path("id").asString() + "/replay")
                        .code())
                .isEqualTo("rejected_event_incomplete");
    }

    private String send(String timestamp, String record, String query) {
        Answer answer = live.post("/v1/events" + query, event("acme", timestamp, record));
        assertThat(answer.status()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    private JsonNode record(String id) {
        return live.get("/v1/events/" + id).json().path("record");
    }

    private List<String> ids(String query) {
        return live.get("/v1/events" + query)
                .json()
                .path("data")
                .valueStream()
                .map(event -> event.path("record_id").asString())
                .toList();
    }

    private static Answer lines(ApiClient client, byte[] body) {
        return client.with("Content-Type", "application/x-ndjson").send("POST", "/v1/events/batch", body);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static String event(int id) {
        return event("acme", "2026-01-05T21:56:52Z", "{\"id\":" + id + ",\"amount\":1.5}");
    }

    private static String event(String customer, String timestamp, String record) {
        return "{\"customer_id\":\"" + customer + "\",\"event_type\":\"tx\",\"timestamp\":\"" + timestamp
                + "\",\"record\":" + record + "}";
    }
}
