package io.meterline.api;

import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.http.Body;
import io.meterline.http.Json;
import io.meterline.http.Problem;
import io.meterline.http.Reply;
import io.meterline.ingest.Pushed;
import io.meterline.ingest.RefusedEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.util.RawValue;

/** The answer to a batch, written as its groups become durable. */
final class PushAnswer {

    private static final int BYTES_AROUND_EVENT = 1_024;

    private final byte[] body;
    private final boolean minimal;
    private final ByteArrayOutputStream out;
    private final JsonGenerator json;
    private final List<RefusedEvent> failed = new ArrayList<>();
    private int created;

    /**
     * Begins an answer.
     *
     * @param body what the events were read from
     * @param minimal true to count created events instead of showing them
     */
    PushAnswer(byte[] body, boolean minimal) {
        this.body = body;
        this.minimal = minimal;
        this.out = new ByteArrayOutputStream(minimal ? BYTES_AROUND_EVENT : body.length + BYTES_AROUND_EVENT);
        this.json = Json.mapper().createGenerator(out);
        json.writeStartObject();
        if (!minimal) {
            json.writeArrayPropertyStart("events_created");
        }
    }

    /** Adds events that are settled, in order. */
    void add(Pushed pushed) {
        created += pushed.created().size();
        failed.addAll(pushed.failed());
        if (!minimal) {
            for (Pushed.Created event : pushed.created()) {
                EventAnswers.created(json, body, event);
            }
        }
    }

    /** 201 as soon as one event was created; else a problem. */
    Reply reply() {
        if (created == 0) {
            return allFailed();
        }
        if (minimal) {
            json.writeNumberProperty("created", created);
        } else {
            json.writeEndArray();
        }
        json.writeName("events_failed");
        failed(json);
        json.writeEndObject();
        json.close();
        Reply reply = Reply.bytes(201, Body.JSON, out.toByteArray());
        return minimal ? reply.header("Preference-Applied", "return=minimal") : reply;
    }

    private Reply allFailed() {
        json.close();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator array = Json.mapper().createGenerator(bytes)) {
            failed(array);
        }
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("events_created", List.of());
        more.put("events_failed", new RawValue(bytes.toString(StandardCharsets.UTF_8)));
        return Problem.reply(
                new RuleException(
                        Kind.INVALID,
                        "all_events_failed",
                        "None of the " + failed.size() + " events was accepted; events_failed says why, one by one."),
                more);
    }

    private void failed(JsonGenerator target) {
        target.writeStartArray();
        for (RefusedEvent event : failed) {
            EventAnswers.failed(target, body, event);
        }
        target.writeEndArray();
    }
}
