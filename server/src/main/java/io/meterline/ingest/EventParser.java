package io.meterline.ingest;

import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Reads the events of a request straight from its bytes, without a tree.
 *
 * <p>An event that breaks a rule is refused alone. Bytes that are no JSON throw {@link RuleException}
 * ({@code invalid_json}, {@code json_too_deep}): nothing of such a body may be used. One object serves one request or
 * file; it is not safe for use by several threads.
 */
public final class EventParser {

    /** Most events in a JSON array. */
    public static final int MAX_ARRAY_EVENTS = 5_000;

    // Lengths are limited per event, by our own rules, so that a long name or number fails its event alone.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final PushOptions options;
    private final EventJson json;
    private final List<ParsedEvent> events = new ArrayList<>();
    private final List<RefusedEvent> refused = new ArrayList<>();
    private final EventJson.Sink sink = new EventJson.Sink() {
        @Override
        public void accept(ParsedEvent event) {
            events.add(event);
        }

        @Override
        public void refuse(RefusedEvent event) {
            refused.add(event);
        }
    };

    public EventParser(PushOptions options, TimestampRules timestamps, NumberRules numbers) {
        this.options = options;
        this.json = new EventJson(options, timestamps, numbers);
    }

    /** Reads a body that is one event. */
    public Batch one(byte[] body) {
        requireUtf8(body);
        int start = afterByteOrderMark(body);
        try (JsonParser parser = parser(body, start, body.length - start)) {
            requireToken(parser.nextToken());
            json.read(parser, 0, start, sink);
            requireEnd(parser);
        } catch (JacksonException e) {
            throw notJson(e);
        }
        return taken(body);
    }

    /**
     * Reads a body that is an array of events. Throws {@link RuleException} when it is no array
     * ({@code expected_array}), empty ({@code empty_batch}) or too long ({@code too_many_events}).
     */
    public Batch array(byte[] body) {
        requireUtf8(body);
        int start = afterByteOrderMark(body);
        try (JsonParser parser = parser(body, start, body.length - start)) {
            boolean isArray = requireToken(parser.nextToken()) == JsonToken.START_ARRAY;
            if (!isArray) {
                parser.skipChildren();
                requireEnd(parser);
                throw new RuleException(Kind.INVALID, "expected_array", "Send a JSON array of 1 to 5000 events.");
            }
            elements(parser, start);
            requireEnd(parser);
        } catch (JacksonException e) {
            throw notJson(e);
        }
        return taken(body);
    }

    private void elements(JsonParser parser, int base) {
        int index = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (index == MAX_ARRAY_EVENTS) {
                throw new RuleException(
                        Kind.INVALID,
                        "too_many_events",
                        "An array holds at most 5000 events. Split it, or send application/x-ndjson.");
            }
            json.read(parser, index++, base, sink);
        }
        if (index == 0) {
            throw new RuleException(Kind.INVALID, "empty_batch", "Send at least one event.");
        }
    }

    /**
     * Reads one line of NDJSON; {@link #taken} gives what became of it. A line that is no JSON is refused alone, like an
     * event that breaks a rule.
     *
     * @param start offset of its first byte
     * @param end offset behind its last byte
     */
    public void line(byte[] body, int start, int end, int index) {
        if (!Utf8.isValid(body, start, end - start)) {
            sink.refuse(lineFault(index, start, end));
            return;
        }
        int eventsBefore = events.size();
        int refusedBefore = refused.size();
        try (JsonParser parser = parser(body, start, end - start)) {
            requireToken(parser.nextToken());
            json.read(parser, index, start, sink);
            requireEnd(parser);
        } catch (JacksonException | RuleException e) {
            events.subList(eventsBefore, events.size()).clear();
            refused.subList(refusedBefore, refused.size()).clear();
            sink.refuse(lineFault(index, start, end));
        }
    }

    /** What was read by {@link #line} since the last call. */
    public Batch taken(byte[] body) {
        Batch batch = new Batch(options.environment(), body, events, refused);
        events.clear();
        refused.clear();
        return batch;
    }

    private static RefusedEvent lineFault(int index, int start, int end) {
        return new RefusedEvent(index, EventErrorCode.INVALID_JSON.at(""), start, end, null, null);
    }

    private static JsonParser parser(byte[] body, int offset, int length) {
        return JSON.createParser(ObjectReadContext.empty(), body, offset, length);
    }

    /** Offset behind the byte order mark that some programs put before UTF-8; 0 without one. */
    static int afterByteOrderMark(byte[] body) {
        boolean marked = body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
        return marked ? 3 : 0;
    }

    private static void requireUtf8(byte[] body) {
        if (!Utf8.isValid(body, 0, body.length)) {
            throw new RuleException(Kind.INVALID, "invalid_json", "The body is not UTF-8. Send JSON in UTF-8.");
        }
    }

    private static JsonToken requireToken(@Nullable JsonToken token) {
        if (token == null) {
            throw new RuleException(Kind.INVALID, "invalid_json", "The body is empty. Send JSON.");
        }
        return token;
    }

    private static void requireEnd(JsonParser parser) {
        if (parser.nextToken() != null) {
            throw new RuleException(
                    Kind.INVALID, "invalid_json", "The body goes on behind its JSON value. Send one value.");
        }
    }

    private static RuleException notJson(JacksonException e) {
        if (e instanceof StreamConstraintsException) {
            return new RuleException(Kind.INVALID, "json_too_deep", "The body is nested too deeply. Events are flat.");
        }
        String place = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        return new RuleException(Kind.INVALID, "invalid_json", "The body is not valid JSON" + place + ".");
    }
}
