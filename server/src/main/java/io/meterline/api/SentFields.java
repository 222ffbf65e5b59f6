package io.meterline.api;

import io.meterline.ingest.EventErrorCode;
import io.meterline.ingest.RefusedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** The fields of an event that failed, out of the bytes it came in, to be repeated in the answer as they were sent. */
final class SentFields {

    private static final Set<String> KNOWN = Set.of("customer_id", "event_type", "timestamp", "record");

    // The bytes have been parsed once, under the limits of events.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private SentFields() {}

    /** Writes the known fields of the event, each once; none when it is no object or no JSON. */
    static void copy(JsonGenerator json, byte[] body, RefusedEvent refused) {
        if (refused.error().code() == EventErrorCode.INVALID_JSON) {
            return;
        }
        int start = refused.start();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body, start, refused.end() - start)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                fields(json, parser, body, start);
            }
        }
    }

    private static void fields(JsonGenerator json, JsonParser parser, byte[] body, int base) {
        List<String> written = new ArrayList<>(KNOWN.size());
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            int from = base + (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            parser.finishToken();
            int to = base + (int) parser.currentLocation().getByteOffset();
            if (KNOWN.contains(name) && !written.contains(name)) {
                written.add(name);
                json.writeName(name);
                json.writeRawValue(new RawJson(body, from, to));
            }
        }
    }
}
