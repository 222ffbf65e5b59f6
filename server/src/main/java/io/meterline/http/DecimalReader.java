package io.meterline.http;

import java.math.BigDecimal;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/**
 * Reads a decimal from a number or from a string that holds one, exactly.
 *
 * <p>An exponent is bounded as in {@link BoundedNumbers}.
 */
final class DecimalReader extends ValueDeserializer<BigDecimal> {

    @Override
    public BigDecimal deserialize(JsonParser parser, DeserializationContext context) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return parse(parser.getString(), context);
        }
        if (token == JsonToken.VALUE_STRING) {
            return parse(parser.getString(), context);
        }
        return (BigDecimal) context.handleUnexpectedToken(BigDecimal.class, parser);
    }

    private static BigDecimal parse(String text, DeserializationContext context) {
        if (text.length() > Json.MAX_NUMBER_LENGTH || !isAscii(text)) {
            return (BigDecimal) context.handleWeirdStringValue(BigDecimal.class, text, "not a decimal number");
        }
        try {
            BigDecimal number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) <= BoundedNumbers.MAX_SCALE) {
                return number;
            }
        } catch (NumberFormatException e) {
            return (BigDecimal) context.handleWeirdStringValue(BigDecimal.class, text, "not a decimal number");
        }
        return (BigDecimal) context.handleWeirdStringValue(BigDecimal.class, text, "an exponent out of range");
    }

    // BigDecimal would take the digits of any script.
    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }
}
