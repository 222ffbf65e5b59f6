package io.meterline.store;

import io.meterline.event.Decimals;
import io.meterline.event.PropertyValue;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The canonical text of a value, as {@link Filter} defines it. */
final class CanonicalText {

    private CanonicalText() {}

    /** The text, or null for null. */
    static @Nullable String of(PropertyValue value) {
        return switch (value) {
            case PropertyValue.Text text -> text.value();
            case PropertyValue.Number number -> Decimals.text(number.value());
            case PropertyValue.Bool bool -> Boolean.toString(bool.value());
            case PropertyValue.Null _ -> null;
            case PropertyValue.Array array ->
                array.elements().stream().map(CanonicalText::json).collect(Collectors.joining(",", "[", "]"));
        };
    }

    private static String json(PropertyValue.Scalar element) {
        return element instanceof PropertyValue.Text text ? quoted(text.value()) : String.valueOf(of(element));
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\b' -> json.append("\\b");
                case '\t' -> json.append("\\t");
                case '\n' -> json.append("\\n");
                case '\f' -> json.append("\\f");
                case '\r' -> json.append("\\r");
                default -> json.append(c < ' ' ? String.format(Locale.ROOT, "\\u%04X", (int) c) : String.valueOf(c));
            }
        }
        return json.append('"').toString();
    }
}
