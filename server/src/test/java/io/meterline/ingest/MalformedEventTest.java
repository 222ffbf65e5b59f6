package io.meterline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which one event can be wrong: its code, its path, and that its neighbours are not touched. */
class MalformedEventTest {

    private static final String GOOD = Parsing.event("{\"id\":\"good\"}");

    @ParameterizedTest(name = "{0} at \"{1}\": {2}")
    @MethodSource("malformed")
    void failsAloneWithItsCodeAndPath(String code, String path, String event) {
        // When
        Batch batch = Parsing.array("[" + GOOD + "," + event + "," + GOOD + "]");

        // Then
        assertThat(batch.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.error().code().text()).isEqualTo(code);
            assertThat(refused.error().path()).isEqualTo(path);
            assertThat(refused.index()).isEqualTo(1);
            assertThat(Parsing.slice(batch, refused.start(), refused.end())).isEqualTo(event);
        });
        assertThat(batch.events()).extracting(ParsedEvent::index).containsExactly(0, 2);
    }

    @ParameterizedTest(name = "{0} at \"{1}\": {2}")
    @MethodSource("malformed")
    void failsTheSameAsALineAndAlone(String code, String path, String event) {
        Batch lines = new EventLines(Parsing.bytes(GOOD + "\n" + event + "\r\n\n" + GOOD), Parsing.parser()).next(10);
        Batch one = Parsing.one(event);

        assertThat(lines.events()).extracting(ParsedEvent::index).containsExactly(0, 2);
        assertThat(Stream.of(lines, one).flatMap(batch -> batch.refused().stream()))
                .hasSize(2)
                .allSatisfy(refused -> {
                    assertThat(refused.error().code().text()).isEqualTo(code);
                    assertThat(refused.error().path()).isEqualTo(path);
                });
    }

    static Stream<Arguments> malformed() {
        return Stream.of(wholes(), times(), ids(), records(), numbers(), texts())
                .flatMap(cases -> cases);
    }

    private static Stream<Arguments> wholes() {
        return Stream.of(
                arguments("not_an_object", "", "5"),
                arguments("not_an_object", "", "null"),
                arguments("not_an_object", "", "\"text\""),
                arguments("not_an_object", "", "[[1,{\"a\":[2]}],3]"),
                arguments("missing_field", "customer_id", "{}"),
                arguments(
                        "missing_field",
                        "customer_id",
                        "{\"event_type\":\"tx\",\"timestamp\":\"2026-01-05T21:56:52Z\",\"record\":{\"id\":1}}"),
                arguments(
                        "missing_field",
                        "event_type",
                        "{\"customer_id\":\"a\",\"timestamp\":\"2026-01-05T21:56:52Z\",\"record\":{\"id\":1}}"),
                arguments(
                        "missing_field",
                        "timestamp",
                        "{\"customer_id\":\"a\",\"event_type\":\"tx\",\"record\":{\"id\":1}}"),
                arguments(
                        "missing_field",
                        "record",
                        "{\"customer_id\":\"a\",\"event_type\":\"tx\",\"timestamp\":\"2026-01-05T21:56:52Z\"}"),
                arguments("missing_field", "record", Parsing.event("null")),
                arguments("missing_field", "timestamp", Parsing.eventAt("null")),
                arguments("missing_field", "customer_id", "{\"customer_id\":null}"),
                arguments("missing_field", "event_type", "{\"event_type\":null}"),
                arguments("unknown_field", "eventType", "{\"eventType\":\"tx\"}"),
                arguments("unknown_field", "properties", "{\"properties\":{\"a\":[{\"b\":1}]},\"customer_id\":\"a\"}"),
                arguments("duplicate_field", "customer_id", "{\"customer_id\":\"a\",\"customer_id\":\"a\"}"),
                arguments("duplicate_field", "event_type", "{\"event_type\":\"a\",\"event_\\u0074ype\":\"a\"}"),
                arguments("duplicate_field", "timestamp", "{\"timestamp\":1767650212000,\"timestamp\":1767650212000}"),
                arguments("duplicate_field", "record", "{\"record\":{\"id\":1},\"record\":{\"id\":[{}]}}"),
                arguments("invalid_customer_id", "customer_id", "{\"customer_id\":5}"),
                arguments("invalid_customer_id", "customer_id", "{\"customer_id\":\"\"}"),
                arguments("invalid_customer_id", "customer_id", "{\"customer_id\":{\"id\":\"a\"}}"),
                arguments("invalid_customer_id", "customer_id", "{\"customer_id\":\"" + "x".repeat(256) + "\"}"),
                arguments("invalid_text", "customer_id", "{\"customer_id\":\"a\\u0000b\"}"),
                arguments("invalid_event_type", "event_type", "{\"event_type\":5}"),
                arguments("invalid_event_type", "event_type", "{\"event_type\":\"\"}"),
                arguments("invalid_event_type", "event_type", "{\"event_type\":\"two words\"}"),
                arguments("invalid_event_type", "event_type", "{\"event_type\":\"é\"}"),
                arguments("invalid_event_type", "event_type", "{\"event_type\":\"" + "x".repeat(129) + "\"}"),
                arguments("event_too_large", "", Parsing.eventWith(manyTexts())),
                arguments(
                        "event_too_large",
                        "record.list",
                        Parsing.eventWith("\"list\":[0" + ",0".repeat(40_000) + "]")));
    }

    private static Stream<Arguments> times() {
        return Stream.of(
                arguments("invalid_timestamp", "timestamp", Parsing.eventAt("\"ACTIVE_DATE\"")),
                arguments("invalid_timestamp", "timestamp", Parsing.eventAt("\"\"")),
                arguments("invalid_timestamp", "timestamp", Parsing.eventAt("\"2026-02-30T00:00:00Z\"")),
                arguments("invalid_timestamp", "timestamp", Parsing.eventAt("\"2026-01-05T24:00:00Z\"")),
                arguments("invalid_timestamp", "timestamp", Parsing.eventAt("\"2026-01-05T21:56:52+25:00\"")),
                arguments("invalid_timestamp", "timestamp", Parsing.eventAt("\"2026-01-05T21:56:52Z \"")),
                arguments("invalid_timestamp", "timestamp", Parsing.eventAt("\"05/01/2026\"")),
                arguments("invalid_timestamp", "timestamp", Parsing.eventAt("\"1767650212000\"")),
                arguments("invalid_timestamp", "timestamp", Parsing.eventAt("true")),
                arguments("invalid_timestamp", "timestamp", Parsing.eventAt("[2026,1,5]")),
                arguments("invalid_timestamp", "timestamp", Parsing.eventAt("{\"at\":1}")),
                arguments("timestamp_looks_like_seconds", "timestamp", Parsing.eventAt("1767650212")),
                arguments("timestamp_looks_like_seconds", "timestamp", Parsing.eventAt("99999999999.9")),
                arguments("timestamp_looks_like_seconds", "timestamp", Parsing.eventAt("-5")),
                arguments("timestamp_looks_like_seconds", "timestamp", Parsing.eventAt("1e-2000000000")),
                arguments("timestamp_in_future", "timestamp", Parsing.eventAt("\"2026-02-02T00:00:00.000001Z\"")),
                arguments("timestamp_in_future", "timestamp", Parsing.eventAt("1767650212000000")),
                arguments("timestamp_in_future", "timestamp", Parsing.eventAt("1e99999999999999999999")));
    }

    private static Stream<Arguments> ids() {
        return Stream.of(
                arguments("missing_field", "record.id", Parsing.event("{}")),
                arguments("missing_field", "record.id", Parsing.event("{\"id\":null}")),
                arguments("missing_field", "record.id", Parsing.event("{\"ID\":1}")),
                arguments("invalid_record_id", "record.id", Parsing.event("{\"id\":\"\"}")),
                arguments("invalid_record_id", "record.id", Parsing.event("{\"id\":1.5}")),
                arguments("invalid_record_id", "record.id", Parsing.event("{\"id\":1e3}")),
                arguments("invalid_record_id", "record.id", Parsing.event("{\"id\":true}")),
                arguments("invalid_record_id", "record.id", Parsing.event("{\"id\":[1]}")),
                arguments("invalid_record_id", "record.id", Parsing.event("{\"id\":{\"a\":{\"b\":1}}}")),
                arguments("string_too_long", "record.id", Parsing.event("{\"id\":\"" + "x".repeat(8193) + "\"}")),
                arguments("invalid_text", "record.id", Parsing.event("{\"id\":\"\\ud800\"}")),
                arguments("duplicate_field", "record.id", Parsing.event("{\"id\":1,\"id\":1}")));
    }

    private static Stream<Arguments> records() {
        return Stream.of(
                arguments("invalid_record", "record", Parsing.event("5")),
                arguments("invalid_record", "record", Parsing.event("[{\"id\":1}]")),
                arguments("nested_object", "record.a", Parsing.eventWith("\"a\":{\"b\":[{\"c\":{}}]},\"d\":1")),
                arguments("array_of_objects", "record.a[1]", Parsing.eventWith("\"a\":[1,{\"b\":[2]}]")),
                arguments("nested_array", "record.a[0]", Parsing.eventWith("\"a\":[[{}],1]")),
                arguments("too_many_record_properties", "record.p25", Parsing.event("{" + properties(25) + "}")),
                arguments("too_many_record_properties", "record.p25", Parsing.eventWith(properties(25))),
                arguments("duplicate_field", "record.a", Parsing.eventWith("\"a\":1,\"\\u0061\":2")),
                arguments("invalid_property_name", "record", Parsing.eventWith("\"\":1")),
                arguments(
                        "invalid_property_name",
                        "record." + "x".repeat(100) + "…",
                        Parsing.eventWith("\"" + "x".repeat(129) + "\":1")),
                arguments("invalid_text", "record.a\u0000", Parsing.eventWith("\"a\\u0000\":1")));
    }

    private static Stream<Arguments> numbers() {
        return Stream.of(
                arguments("number_too_large", "record.n", Parsing.eventWith("\"n\":1e400")),
                arguments("number_too_large", "record.n", Parsing.eventWith("\"n\":1e999999999999999999")),
                arguments("number_too_large", "record.n", Parsing.eventWith("\"n\":-100000000000000000000")),
                arguments("number_too_large", "record.n", Parsing.eventWith("\"n\":" + "9".repeat(5_000))),
                arguments("number_too_large", "record.n[1]", Parsing.eventWith("\"n\":[1,1e20]")),
                arguments("number_too_precise", "record.n", Parsing.eventWith("\"n\":0.1234567890123456789")),
                arguments("number_too_precise", "record.n", Parsing.eventWith("\"n\":1e-19")),
                arguments("number_too_precise", "record.n", Parsing.eventWith("\"n\":1e-2000000000")),
                arguments("number_too_precise", "record.n", Parsing.eventWith("\"n\":1." + "0".repeat(5_000) + "1")));
    }

    private static Stream<Arguments> texts() {
        return Stream.of(
                arguments("string_too_long", "record.t", Parsing.eventWith("\"t\":\"" + "x".repeat(8_193) + "\"")),
                arguments("string_too_long", "record.t", Parsing.eventWith("\"t\":\"" + "é".repeat(4_097) + "\"")),
                arguments(
                        "string_too_long", "record.t[1]", Parsing.eventWith("\"t\":[1,\"" + "x".repeat(9_000) + "\"]")),
                arguments("invalid_text", "record.t", Parsing.eventWith("\"t\":\"a\\u0000\"")),
                arguments("invalid_text", "record.t", Parsing.eventWith("\"t\":\"\\udc00\\ud800\"")),
                arguments("invalid_text", "record.t[0]", Parsing.eventWith("\"t\":[\"\\ud83d\"]")));
    }

    private static String properties(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "\"p" + i + "\":" + i)
                .collect(Collectors.joining(","));
    }

    private static String manyTexts() {
        String text = "\"" + "x".repeat(8_000) + "\"";
        return "\"t\":[" + String.join(",", Collections.nCopies(9, text)) + "]";
    }
}
