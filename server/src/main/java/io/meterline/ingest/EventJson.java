package io.meterline.ingest;

import io.meterline.event.Event;
import io.meterline.event.EventKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one event after another from a stream of JSON tokens. Reused from event to event; not thread-safe. */
final class EventJson {

    private final PushOptions options;
    private final TimestampRules timestamps;
    private final RecordJson record;
    private final TextCache eventTypes = new TextCache();

    private @Nullable String customer;
    private @Nullable String eventType;
    private boolean hasTimestamp;
    private long timestampMicros;
    private boolean hasRecord;
    private int recordStart;
    private int recordEnd;

    EventJson(PushOptions options, TimestampRules timestamps, NumberRules numbers) {
        this.options = options;
        this.timestamps = timestamps;
        this.record = new RecordJson(numbers);
    }

    /** What became of one event. */
    interface Sink {
        void accept(ParsedEvent event);

        void refuse(RefusedEvent event);
    }

    /**
     * Reads the value that the parser stands on, to its last token, and hands it to the sink. A broken rule costs this
     * event only. Throws {@link tools.jackson.core.JacksonException} when the bytes are no JSON.
     *
     * @param base what to add to the parser's offsets, which count from the start of its own input
     */
    void read(JsonParser parser, int index, int base, Sink sink) {
        int start = base + (int) parser.currentTokenLocation().getByteOffset();
        int depth = parser.streamReadContext().getNestingDepth();
        int outside = parser.currentToken().isStructStart() ? depth - 1 : depth;
        clear();
        try {
            fields(parser, base);
            int end = base + (int) parser.currentLocation().getByteOffset();
            RecordRules.size((long) end - start);
            sink.accept(new ParsedEvent(index, event(), required(customer), start, end, recordStart, recordEnd));
        } catch (InvalidEventException e) {
            skipTo(outside, parser);
            int end = base + (int) parser.currentLocation().getByteOffset();
            sink.refuse(new RefusedEvent(index, e.error(), start, end, eventType, customer));
        }
    }

    private void clear() {
        customer = null;
        eventType = null;
        hasTimestamp = false;
        hasRecord = false;
        recordStart = 0;
        recordEnd = 0;
    }

    private void fields(JsonParser parser, int base) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            parser.finishToken();
            throw new InvalidEventException(EventErrorCode.NOT_AN_OBJECT, "");
        }
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "customer_id" -> {
                    first(customer == null, name);
                    customer = customer(parser, value);
                }
                case "event_type" -> {
                    first(eventType == null, name);
                    eventType = eventType(parser, value);
                }
                case "timestamp" -> {
                    first(!hasTimestamp, name);
                    timestampMicros = timestamp(parser, value);
                    hasTimestamp = true;
                }
                case "record" -> {
                    first(!hasRecord, name);
                    record(parser, value, base);
                }
                default -> throw unknown(name);
            }
        }
        require(customer != null, "customer_id");
        require(eventType != null, "event_type");
        require(hasTimestamp, "timestamp");
        require(hasRecord, "record");
    }

    private Event event() {
        String type = required(eventType);
        String id = record.id();
        return new Event(
                EventKey.ofPushed(options.environment(), type, id),
                type,
                0,
                timestampMicros,
                timestampMicros,
                options.replace(),
                options.source(),
                id,
                record.idIsNumber(),
                record.properties());
    }

    private static String customer(JsonParser parser, JsonToken value) {
        notNull(value, "customer_id");
        if (value != JsonToken.VALUE_STRING) {
            throw new InvalidEventException(EventErrorCode.INVALID_CUSTOMER_ID, "customer_id");
        }
        try {
            return RecordRules.customerId(parser.getString());
        } catch (InvalidEventException e) {
            throw e.under("customer_id");
        }
    }

    private String eventType(JsonParser parser, JsonToken value) {
        notNull(value, "event_type");
        if (value != JsonToken.VALUE_STRING) {
            throw new InvalidEventException(EventErrorCode.INVALID_EVENT_TYPE, "event_type");
        }
        return eventTypes.get(
                parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength(), EventTypeName::check);
    }

    private long timestamp(JsonParser parser, JsonToken value) {
        notNull(value, "timestamp");
        return switch (value) {
            case VALUE_STRING ->
                timestamps.parse(parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                timestamps.ofMillis(parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
            default -> throw new InvalidEventException(EventErrorCode.INVALID_TIMESTAMP, "timestamp");
        };
    }

    private void record(JsonParser parser, JsonToken value, int base) {
        notNull(value, "record");
        if (value != JsonToken.START_OBJECT) {
            throw new InvalidEventException(EventErrorCode.INVALID_RECORD, "record");
        }
        recordStart = base + (int) parser.currentTokenLocation().getByteOffset();
        try {
            record.read(parser);
        } catch (InvalidEventException e) {
            throw e.under("record");
        }
        recordEnd = base + (int) parser.currentLocation().getByteOffset();
        hasRecord = true;
    }

    /** Goes to the end of an event. The rest may still say whose it is, which erasing a customer must find. */
    private void skipTo(int outside, JsonParser parser) {
        while (parser.streamReadContext().getNestingDepth() > outside) {
            boolean named = parser.nextToken() == JsonToken.PROPERTY_NAME;
            if (named && parser.streamReadContext().getNestingDepth() == outside + 1) {
                readLate(parser);
            }
        }
    }

    private void readLate(JsonParser parser) {
        String name = parser.currentName();
        try {
            if (name.equals("customer_id") && customer == null) {
                customer = customer(parser, parser.nextToken());
            } else if (name.equals("event_type") && eventType == null) {
                eventType = eventType(parser, parser.nextToken());
            }
        } catch (InvalidEventException e) {
            // The event is refused for its first fault; a second one only leaves it without a name.
        }
    }

    private static InvalidEventException unknown(String name) {
        String shown = name.length() > 100 ? name.substring(0, 100) + "…" : name;
        return new InvalidEventException(new EventError(
                EventErrorCode.UNKNOWN_FIELD,
                shown,
                "An event has no field \"" + shown + "\". Put your own properties into record."));
    }

    private static void first(boolean first, String name) {
        if (!first) {
            throw new InvalidEventException(EventErrorCode.DUPLICATE_FIELD, name);
        }
    }

    private static void notNull(JsonToken value, String name) {
        require(value != JsonToken.VALUE_NULL, name);
    }

    private static void require(boolean there, String name) {
        if (!there) {
            throw new InvalidEventException(EventErrorCode.MISSING_FIELD, name);
        }
    }

    private static String required(@Nullable String text) {
        if (text == null) {
            throw new IllegalStateException("a required field was not checked");
        }
        return text;
    }
}
