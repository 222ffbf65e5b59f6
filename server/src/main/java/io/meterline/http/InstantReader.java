package io.meterline.http;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/** Reads a time from ISO 8601 text with an offset or {@code Z}, cut to microseconds. */
final class InstantReader extends ValueDeserializer<Instant> {

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            return (Instant) context.handleUnexpectedToken(Instant.class, parser);
        }
        String text = parser.getString();
        Optional<Instant> instant = Times.parse(text);
        if (instant.isEmpty()) {
            return (Instant) context.handleWeirdStringValue(Instant.class, text, "not an ISO 8601 time");
        }
        return instant.get();
    }
}
