package io.meterline.loader.source;

import io.meterline.event.PropertyValue;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads a JSON value that is no object and no array. */
final class JsonScalar {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonScalar() {}

    static PropertyValue decode(byte[] bytes, int from, int to) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
            return switch (parser.nextToken()) {
                case VALUE_STRING -> new PropertyValue.Text(parser.getString());
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getString());
                case VALUE_TRUE -> PropertyValue.Bool.TRUE;
                case VALUE_FALSE -> PropertyValue.Bool.FALSE;
                case VALUE_NULL -> PropertyValue.Null.NULL;
                case null, default ->
                    throw new BadCellException(
                            "nested_json",
                            "A property cannot hold a JSON object or array. Pick its parts, as in data->>'plan'.");
            };
        } catch (JacksonException e) {
            throw new BadCellException("invalid_json", "The JSON value cannot be read.");
        }
    }

    private static PropertyValue number(String text) {
        byte[] digits = text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        return NumberText.decode(digits, 0, digits.length);
    }
}
