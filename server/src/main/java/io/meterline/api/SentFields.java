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
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
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

    // What any reader of the answer can be trusted with: one that cannot read a repeated value would lose the results
    // of
    // all the other events.
    private static final int MAX_NUMBER_LENGTH = 200;
    private static final JsonFactory PLAIN = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private SentFields() {}

    /**
     * Writes the known fields of the event, each once; none when it is no object or no JSON, and not those with a name
     * that stands twice, a number of more than 200 characters or more than 100 levels.
     */
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
            if (KNOWN.contains(name) && !written.contains(name) && isPlain(body, from, to)) {
                written.add(name);
                json.writeName(name);
                json.writeRawValue(new RawJson(body, from, to));
            }
        }
    }

    private static boolean isPlain(byte[] body, int from, int to) {
        try (JsonParser parser = PLAIN.createParser(ObjectReadContext.empty(), body, from, to - from)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isNumeric() && parser.getStringLength() > MAX_NUMBER_LENGTH) {
                    return false;
                }
            }
            return true;
        } catch (StreamReadException | StreamConstraintsException e) {
            return false;
        }
    }
}
