package io.meterline.loader.source;

import io.meterline.event.PropertyValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads PostgreSQL's text of a flat array: {@code {1,2}}, {@code {"a b",NULL,"x\"y"}}. */
final class ArrayText {

    private final byte[] bytes;
    private final int end;
    private final CellDecoder element;
    private int at;

    private ArrayText(byte[] bytes, int from, int to, CellDecoder element) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
        this.element = element;
    }

    static CellDecoder decoder(CellDecoder element) {
        return (bytes, from, to) -> new ArrayText(bytes, from, to, element).read();
    }

    private PropertyValue read() {
        // Bounds other than 1 are written before it: [0:1]={a,b}. They say nothing about the elements.
        while (at < end && bytes[at] != '{') {
            at++;
        }
        at++;
        List<PropertyValue.Scalar> elements = new ArrayList<>();
        while (at < end && bytes[at] != '}') {
            elements.add(bytes[at] == '"' ? quoted() : plain());
            if (at < end && bytes[at] == ',') {
                at++;
            }
        }
        return new PropertyValue.Array(elements);
    }

    private PropertyValue.Scalar plain() {
        if (bytes[at] == '{') {
            throw new BadCellException(
                    "nested_array", "A property can hold a flat array only. Use unnest or array_to_string.");
        }
        int from = at;
        while (at < end && bytes[at] != ',' && bytes[at] != '}') {
            at++;
        }
        boolean isNull = at - from == 4 && CellDecoder.text(bytes, from, at).equalsIgnoreCase("NULL");
        return isNull ? PropertyValue.Null.NULL : scalar(bytes, from, at);
    }

    private PropertyValue.Scalar quoted() {
        at++;
        byte[] unquoted = new byte[end - at];
        int length = 0;
        while (bytes[at] != '"') {
            at += bytes[at] == '\\' ? 1 : 0;
            unquoted[length++] = bytes[at++];
        }
        at++;
        return scalar(unquoted, 0, length);
    }

    private PropertyValue.Scalar scalar(byte[] text, int from, int to) {
        PropertyValue value = element.decode(text, from, to);
        if (value instanceof PropertyValue.Scalar scalar) {
            return scalar;
        }
        throw new BadCellException(
                "nested_array", "A property can hold a flat array only: " + new String(text, StandardCharsets.UTF_8));
    }
}
