package io.meterline.store.duckdb;

import io.meterline.event.Decimals;
import io.meterline.event.PropertyValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Arrays as text: compact JSON to give back and to group by, and a list of elements to find one in. */
final class ArrayText {

    // Two control characters that an element's own text carries only in escaped form.
    private static final char SEPARATOR = '\u001F';
    private static final char ESCAPE = '\u001E';

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private ArrayText() {}

    static String json(PropertyValue.Array array) {
        ArrayNode node = JsonNodeFactory.instance.arrayNode();
        for (PropertyValue.Scalar element : array.elements()) {
            switch (element) {
                case PropertyValue.Text(String text) -> node.add(text);
                case PropertyValue.Number(BigDecimal number) ->
                    node.addRawValue(new tools.jackson.databind.util.RawValue(Decimals.text(number)));
                case PropertyValue.Bool(boolean bool) -> node.add(bool);
                case PropertyValue.Null ignored -> node.addNull();
            }
        }
        return JSON.writeValueAsString(node);
    }

    static PropertyValue.Array ofJson(String json) {
        List<PropertyValue.Scalar> elements = new ArrayList<>();
        for (JsonNode element : JSON.readTree(json)) {
            elements.add(scalar(element));
        }
        return new PropertyValue.Array(elements);
    }

    /** The canonical texts of all elements but nulls, each between two separators. */
    static String elements(PropertyValue.Array array) {
        StringBuilder text = new StringBuilder().append(SEPARATOR);
        for (PropertyValue.Scalar element : array.elements()) {
            switch (element) {
                case PropertyValue.Text(String value) ->
                    text.append(escape(value)).append(SEPARATOR);
                case PropertyValue.Number(BigDecimal number) ->
                    text.append(Decimals.text(number)).append(SEPARATOR);
                case PropertyValue.Bool(boolean bool) -> text.append(bool).append(SEPARATOR);
                case PropertyValue.Null ignored -> {}
            }
        }
        return text.toString();
    }

    /** What {@link #elements} contains exactly when an element has this canonical text. */
    static String element(String canonicalText) {
        return SEPARATOR + escape(canonicalText) + SEPARATOR;
    }

    private static String escape(String text) {
        return text.replace(String.valueOf(ESCAPE), ESCAPE + "0").replace(String.valueOf(SEPARATOR), ESCAPE + "1");
    }

    private static PropertyValue.Scalar scalar(JsonNode node) {
        if (node.isString()) {
            return new PropertyValue.Text(node.stringValue());
        }
        if (node.isNumber()) {
            return new PropertyValue.Number(node.decimalValue());
        }
        return node.isBoolean() ? PropertyValue.Bool.of(node.booleanValue()) : PropertyValue.Null.NULL;
    }
}
