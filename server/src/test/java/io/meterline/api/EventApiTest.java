package io.meterline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.CustomerId;
import io.meterline.ingest.EventErrorCode;
import io.meterline.testing.ApiClient;
import io.meterline.testing.ApiClient.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Events pushed over HTTP, on the reference store. */
final class EventApiTest extends EventServer {

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

    private String send(String timestamp, String record, String query) {
        Answer answer = live.post("/v1/events" + query, event("acme", timestamp, record));
        assertThat(answer.status()).isEqualTo(201);
        return answer.json().path("id").asString();
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
}
