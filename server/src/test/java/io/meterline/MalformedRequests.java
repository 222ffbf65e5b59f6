package io.meterline;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** What callers get wrong, request by request, and what becomes of each. */
final class MalformedRequests {

    static final String EVENT = """
            {"customer_id":"ghost","event_type":"usage","timestamp":"2026-01-05T21:56:52Z","record":%s}""";
    private static final String PRICED = "price_calculation_not_available";
    private static final String NO_METHOD = "method_not_allowed";
    static final String DELETED = """
            {"matching":"record_ids","event_type":"usage","record_ids":[1]}""";

    private MalformedRequests() {}

    /**
     * A request and what becomes of it.
     *
     * @param at the path of the first error; null where the problem is about the whole request
     * @param kept how many rejected events it leaves
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Case(
            String name,
            String method,
            String path,
            byte[] body,
            Map<String, String> headers,
            int status,
            String code,
            @Nullable String at,
            int kept) {

        Case header(String header, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(header, value);
            return new Case(name, method, path, body, more, status, code, at, kept);
        }

        Case at(String path) {
            return new Case(name, method, this.path, body, headers, status, code, path, kept);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> requests() {
        List<Case> cases = new ArrayList<>();
        cases.addAll(records());
        cases.addAll(events());
        cases.addAll(bodies());
        cases.addAll(envelopes());
        return cases;
    }

    private static List<Case> records() {
        return List.of(
                record("a nested object", "{'id':1,'a':{'b':1}}", "nested_object", "record.a"),
                record("an array of objects", "{'id':1,'a':[{'b':1}]}", "array_of_objects", "record.a[0]"),
                record("an array in an array", "{'id':1,'a':[1,[2]]}", "nested_array", "record.a[1]"),
                record("26 properties", "{'id':1," + properties(25) + "}", "too_many_record_properties", "record.p24"),
                record("no id", "{'amount':1}", "missing_field", "record.id"),
                record("a null id", "{'id':null}", "missing_field", "record.id"),
                record("an empty id", "{'id':''}", "invalid_record_id", "record.id"),
                record("a fractional id", "{'id':1.5}", "invalid_record_id", "record.id"),
                record("a boolean id", "{'id':true}", "invalid_record_id", "record.id"),
                record("a property twice", "{'id':1,'a':1,'a':2}", "duplicate_field", "record.a"),
                record("21 integer digits", "{'id':1,'a':123456789012345678901}", "number_too_large", "record.a"),
                record("1e400", "{'id':1,'a':1e400}", "number_too_large", "record.a"),
                record("1e2000000000", "{'id':1,'a':1e2000000000}", "number_too_large", "record.a"),
                record("60,000 digits", "{'id':1,'a':" + "9".repeat(60_000) + "}", "number_too_large", "record.a"),
                record("19 fractional digits", "{'id':1,'a':0.1234567890123456789}", "number_too_precise", "record.a"),
                record("1e-2000000000", "{'id':1,'a':1e-2000000000}", "number_too_precise", "record.a"),
                record("a text above 8 KiB", "{'id':1,'a':'" + "x".repeat(8_193) + "'}", "string_too_long", "record.a"),
                record("U+0000", "{'id':1,'a':'\\u0000'}", "invalid_text", "record.a"),
                record("half a pair", "{'id':1,'a':'\\ud800'}", "invalid_text", "record.a"),
                record("a name of no characters", "{'id':1,'':1}", "invalid_property_name", "record"),
                record("an array as record", "[1]", "invalid_record", "record"),
                record("no record", "null", "missing_field", "record"));
    }

    private static List<Case> events() {
        String large = IntStream.range(0, 9)
                .mapToObj(i -> "'p" + i + "':'" + "x".repeat(8_000) + "'")
                .collect(Collectors.joining(",", "{'id':1,", "}"));
        return List.of(
                event("no customer", "'event_type':'usage','timestamp':'2026-01-05','record':{'id':1}", "missing_field")
                        .at("customer_id"),
                event("a number as customer", fields("5", "'usage'", "'2026-01-05'"), "invalid_customer_id")
                        .at("customer_id"),
                event("an empty customer", fields("''", "'usage'", "'2026-01-05'"), "invalid_customer_id")
                        .at("customer_id"),
                event("an empty event type", fields("'ghost'", "''", "'2026-01-05'"), "invalid_event_type")
                        .at("event_type"),
                event("a space in the type", fields("'ghost'", "'a b'", "'2026-01-05'"), "invalid_event_type")
                        .at("event_type"),
                event(
                                "129 characters of type",
                                fields("'ghost'", "'" + "a".repeat(129) + "'", "'2026-01-05'"),
                                "invalid_event_type")
                        .at("event_type"),
                event("the printed ACTIVE_DATE", fields("'ghost'", "'usage'", "'ACTIVE_DATE'"), "invalid_timestamp")
                        .at("timestamp"),
                event("30 February", fields("'ghost'", "'usage'", "'2026-02-30'"), "invalid_timestamp")
                        .at("timestamp"),
                event("epoch seconds", fields("'ghost'", "'usage'", "1767650212"), "timestamp_looks_like_seconds")
                        .at("timestamp"),
                event("next century", fields("'ghost'", "'usage'", "'2126-01-05T00:00:00Z'"), "timestamp_in_future")
                        .at("timestamp"),
                event("a field of its own", fields("'ghost'", "'usage'", "'2026-01-05'") + ",'idd':1", "unknown_field")
                        .at("idd"),
                event(
                                "a field twice",
                                "'customer_id':'ghost'," + fields("'ghost'", "'usage'", "'2026-01-05'"),
                                "duplicate_field")
                        .at("customer_id"),
                kept("more than 64 KiB", "/v1/events", EVENT.formatted(json(large)), 400, "event_too_large", ""),
                kept("a number as event", "/v1/events", "5", 400, "not_an_object", ""),
                kept("an array as event", "/v1/events", "[" + valid() + "]", 400, "not_an_object", ""),
                kept(
                        "an unknown id of ours",
                        "/v1/events",
                        valid().replace("ghost", "cus_aaaaaaaaaaaaaaaaaaaaaaaaaa"),
                        422,
                        "unknown_customer",
                        "customer_id"));
    }

    private static List<Case> bodies() {
        String nan = EVENT.formatted("{\"id\":1,\"a\":NaN}");
        byte[] badUtf8 = valid().replace("ghost", "gh?st").getBytes(StandardCharsets.ISO_8859_1);
        badUtf8[valid().indexOf("ost")] = (byte) 0xff;
        return List.of(
                refused("NaN", "/v1/events", nan, 400, "invalid_json"),
                refused("Infinity", "/v1/events", nan.replace("NaN", "Infinity"), 400, "invalid_json"),
                refused("a leading zero", "/v1/events", nan.replace("NaN", "007"), 400, "invalid_json"),
                refused("single quotes", "/v1/events", valid().replace('"', '\''), 400, "invalid_json"),
                refused("a trailing comma", "/v1/events/batch", "[" + valid() + ",]", 400, "invalid_json"),
                refused("a comment", "/v1/events", "/* hi */" + valid(), 400, "invalid_json"),
                refused("two values", "/v1/events", valid() + valid(), 400, "invalid_json"),
                refused("half an event", "/v1/events", valid().substring(0, 60), 400, "invalid_json"),
                refused("nothing", "/v1/events", "", 400, "invalid_json"),
                refused("bad UTF-8", "/v1/events", badUtf8, 400, "invalid_json"),
                refused("UTF-16", "/v1/events", valid().getBytes(StandardCharsets.UTF_16), 400, "invalid_json"),
                refused("600 levels", "/v1/events", "[".repeat(600), 400, "json_too_deep"),
                refused("a million levels", "/v1/events/batch", "[".repeat(1_000_000), 400, "json_too_deep"),
                refused("an object as batch", "/v1/events/batch", valid(), 400, "expected_array"),
                refused("an empty batch", "/v1/events/batch", "[]", 400, "empty_batch"),
                refused("5,001 events", "/v1/events/batch", repeated(5_001), 400, "too_many_events"),
                refused("9 MiB", "/v1/events", " ".repeat(9 << 20), 413, "body_too_large"),
                refused("9 MiB when unpacked", "/v1/events", gzip(" ".repeat(9 << 20)), 413, "body_too_large")
                        .header("Content-Encoding", "gzip"),
                refused("truncated gzip", "/v1/events", cut(gzip(valid())), 400, "invalid_gzip")
                        .header("Content-Encoding", "gzip"),
                refused("not gzip", "/v1/events", valid(), 400, "invalid_gzip").header("Content-Encoding", "gzip"),
                refused("empty lines", "/v1/events/batch", "\n\n\n", 400, "empty_batch")
                        .header("Content-Type", "application/x-ndjson"));
    }

    private static List<Case> envelopes() {
        return List.of(
                refused("brotli", "/v1/events", valid(), 415, "unsupported_content_encoding")
                        .header("Content-Encoding", "br"),
                refused("XML", "/v1/events", "<event/>", 415, "unsupported_media_type")
                        .header("Content-Type", "text/xml"),
                refused("Latin 1", "/v1/events", valid(), 415, "unsupported_media_type")
                        .header("Content-Type", "application/json; charset=iso-8859-1"),
                refused("lines as one event", "/v1/events", valid(), 415, "unsupported_media_type")
                        .header("Content-Type", "application/x-ndjson"),
                refused("no such parameter", "/v1/events?dry_run=true", valid(), 400, "unknown_parameter")
                        .at("dry_run"),
                refused("replace=maybe", "/v1/events?replace=maybe", valid(), 400, "invalid_parameter")
                        .at("replace"),
                refused("prices", "/v1/events?with_price_calculation=true", valid(), 422, PRICED),
                refused("no such key", "/v1/events", valid(), 401, "invalid_api_key")
                        .header("Authorization", "Bearer prod_ffffffffffffffffffffffffffffffff"),
                refused("a password", "/v1/events", valid(), 401, "unauthenticated")
                        .header("Authorization", "Basic YWRtaW46YWRtaW4="),
                refused("another path", "/v1/event", valid(), 404, "not_found"),
                new Case("another method", "PUT", "/v1/events", bytes(valid()), Map.of(), 405, NO_METHOD, null, 0),
                new Case("deleting", "DELETE", "/v1/events", bytes(DELETED), Map.of(), 403, "append_only", null, 0));
    }

    private static Case record(String name, String record, String code, String at) {
        return kept(name, "/v1/events", EVENT.formatted(json(record)), 400, code, at);
    }

    private static Case event(String name, String fields, String code) {
        return kept(name, "/v1/events", "{" + json(fields) + "}", 400, code, "");
    }

    private static String fields(String customer, String type, String timestamp) {
        return "'customer_id':" + customer + ",'event_type':" + type + ",'timestamp':" + timestamp
                + ",'record':{'id':1,'amount':7}";
    }

    private static Case kept(String name, String path, String body, int status, String code, String at) {
        return new Case(name, "POST", path, bytes(body), Map.of(), status, code, at, 1);
    }

    private static Case refused(String name, String path, String body, int status, String code) {
        return refused(name, path, bytes(body), status, code);
    }

    private static Case refused(String name, String path, byte[] body, int status, String code) {
        return new Case(name, "POST", path, body, Map.of(), status, code, null, 0);
    }

    static String valid() {
        return EVENT.formatted("{\"id\":1,\"amount\":7}");
    }

    static String repeated(int events) {
        IntFunction<String> event = i -> EVENT.formatted("{\"id\":\"r" + i + "\"}");
        return IntStream.range(0, events).mapToObj(event).collect(Collectors.joining(",", "[", "]"));
    }

    private static String properties(int count) {
        return IntStream.range(0, count).mapToObj(i -> "'p" + i + "':1").collect(Collectors.joining(","));
    }

    private static String json(String withSingleQuotes) {
        return withSingleQuotes.replace('\'', '"');
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] cut(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length - 9);
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes(text));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return packed.toByteArray();
    }
}
