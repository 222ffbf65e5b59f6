package io.meterline.console.event;

import io.meterline.console.Choice;
import io.meterline.http.Fields;
import io.meterline.http.Json;
import java.io.Serial;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events that a form makes up.
 *
 * @param at when the last of them happened
 * @param spread over how long before
 * @param record of each, with an id of its own in each
 */
record Simulation(
        String type, String customer, Instant at, Duration spread, int count, ObjectNode record, String name) {

    static final int MOST = 1_000;

    private static final int LETTERS_OF_NAME = 8;
    private static final SequencedMap<String, Duration> SPREADS = new LinkedHashMap<>();
    private static final List<Choice> CHOICES = List.of(
            new Choice("moment", "all at that moment"),
            new Choice("hour", "over the hour before"),
            new Choice("day", "over the day before"),
            new Choice("month", "over the 30 days before"));

    static {
        SPREADS.put("moment", Duration.ZERO);
        SPREADS.put("hour", Duration.ofHours(1));
        SPREADS.put("day", Duration.ofDays(1));
        SPREADS.put("month", Duration.ofDays(30));
    }

    static List<Choice> spreads() {
        return CHOICES;
    }

    /** What is wrong with a field of the form, by the field's name. */
    static final class Wrong extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Map<String, String> fields;

        Wrong(Map<String, String> fields) {
            super("a field is wrong");
            this.fields = Map.copyOf(fields);
        }

        Map<String, String> fields() {
            return fields;
        }
    }

    /** Reads a form. Throws {@link Wrong} for what the API would not be able to say. */
    static Simulation of(Fields fields, Instant now) {
        Map<String, String> wrong = new LinkedHashMap<>();
        Instant at = now;
        try {
            at = fields.text("at").map(Simulation::time).orElse(now);
        } catch (DateTimeException e) {
            wrong.put("at", "This is no date with a time, such as 2026-01-05T21:56:52Z.");
        }
        int count = 0;
        try {
            count = Integer.parseInt(fields.get("count"));
        } catch (NumberFormatException e) {
            wrong.put("count", "");
        }
        if (count < 1 || count > MOST) {
            wrong.put("count", "From 1 to 1,000.");
        }
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        try {
            JsonNode read = Json.mapper().readTree(fields.raw("record"));
            if (read instanceof ObjectNode object) {
                record = object;
            } else {
                wrong.put("record", "This must be one JSON object, such as {\"calls\": 250}.");
            }
        } catch (JacksonException e) {
            wrong.put("record", "This is not JSON: " + e.getOriginalMessage());
        }
        if (!wrong.isEmpty()) {
            throw new Wrong(wrong);
        }
        String form = fields.get("form_id").replace("-", "");
        return new Simulation(
                fields.get("type"),
                fields.get("customer"),
                at,
                SPREADS.getOrDefault(fields.get("spread"), Duration.ZERO),
                count,
                record,
                form.substring(0, Math.min(LETTERS_OF_NAME, form.length())));
    }

    // A browser without script sends the time without its zone.
    private static Instant time(String text) {
        return text.endsWith("Z")
                ? Instant.parse(text)
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }

    /**
     * The events, each with an id of its own: that of the record, the name of the form and a number. So the form sent
     * twice makes them once.
     */
    List<ObjectNode> events() {
        JsonNode id = record.path("id");
        String prefix = id.isMissingNode() || id.isNull() ? "sim" : id.asString();
        List<ObjectNode> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ObjectNode own = record.deepCopy();
            own.put("id", prefix + "-" + name + "-" + (i + 1));
            Duration before = count == 1
                    ? Duration.ZERO
                    : spread.multipliedBy(count - 1L - i).dividedBy(count - 1L);
            ObjectNode event = JsonNodeFactory.instance.objectNode();
            event.put("customer_id", customer);
            event.put("event_type", type);
            event.put(
                    "timestamp", at.minus(before).truncatedTo(ChronoUnit.MILLIS).toString());
            event.set("record", own);
            events.add(event);
        }
        return events;
    }
}
