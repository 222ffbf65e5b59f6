package io.meterline.ingest;

import io.meterline.event.Environment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Parsers and bodies for the tests, at a fixed now. */
final class Parsing {

    static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

    private Parsing() {}

    static EventParser parser() {
        return parser(ExcessDigits.REJECT);
    }

    static EventParser parser(ExcessDigits excessDigits) {
        return new EventParser(PushOptions.pushed(Environment.LIVE), timestamps(), new NumberRules(excessDigits));
    }

    static TimestampRules timestamps() {
        return new TimestampRules(NOW, Duration.ofDays(1));
    }

    static Batch array(String json) {
        return parser().array(bytes(json));
    }

    static Batch one(String json) {
        return parser().one(bytes(json));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A valid event with this record. */
    static String event(String record) {
        return "{\"customer_id\":\"acme\",\"event_type\":\"tx\",\"timestamp\":\"2026-01-05T21:56:52Z\",\"record\":"
                + record + "}";
    }

    /** A valid event with these properties beside the id. */
    static String eventWith(String properties) {
        return event("{\"id\":1," + properties + "}");
    }

    /** A valid event at this time, written as JSON. */
    static String eventAt(String timestamp) {
        return "{\"customer_id\":\"acme\",\"event_type\":\"tx\",\"timestamp\":" + timestamp + ",\"record\":{\"id\":1}}";
    }

    /** A text of the body between two offsets. */
    static String slice(Batch batch, int start, int end) {
        return new String(batch.body(), start, end - start, StandardCharsets.UTF_8);
    }
}
