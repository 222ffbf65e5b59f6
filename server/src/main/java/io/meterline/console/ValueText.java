package io.meterline.console;

import io.meterline.http.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Values of properties as people type them: {@code 5} is a number, {@code true} a boolean, {@code null} nothing,
 * {@code ["a","b"]} a list. Anything else is text as it stands; in double quotes everything is text.
 */
public final class ValueText {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,40})?");

    private ValueText() {}

    public static JsonNode read(String typed) {
        String text = typed.strip();
        if (text.startsWith("[") && text.endsWith("]")) {
            return list(text);
        }
        if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
            return JSON.stringNode(text.substring(1, text.length() - 1).replace("\\\"", "\""));
        }
        return switch (text) {
            case "true" -> JSON.booleanNode(true);
            case "false" -> JSON.booleanNode(false);
            case "null" -> JSON.nullNode();
            default -> NUMBER.matcher(text).matches() ? JSON.numberNode(new BigDecimal(text)) : JSON.stringNode(text);
        };
    }

    private static JsonNode list(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JacksonException e) {
            return JSON.stringNode(text); // Text that happens to stand in brackets.
        }
    }

    /** Several values with commas between them; a comma within quotes is part of the value. */
    public static List<JsonNode> readAll(String typed) {
        List<JsonNode> values = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (char letter : (typed + ",").toCharArray()) {
            if (letter == '"') {
                quoted = !quoted;
            }
            if (letter != ',' || quoted) {
                part.append(letter);
            } else {
                if (!part.toString().isBlank()) {
                    values.add(read(part.toString()));
                }
                part.setLength(0);
            }
        }
        if (!part.toString().isBlank()) {
            values.add(read(part.toString().substring(0, part.length() - 1)));
        }
        return values;
    }

    /** What is typed for a value; {@link #read} makes the same of it. */
    public static String write(JsonNode value) {
        if (value.isArray()) {
            return value.toString();
        }
        if (!value.isString()) {
            return plain(value);
        }
        String text = value.stringValue();
        boolean same =
                text.equals(text.strip()) && !text.isEmpty() && read(text).equals(value);
        return same ? text : "\"" + text.replace("\"", "\\\"") + "\"";
    }

    /** Several values with commas between them. */
    public static String writeAll(Iterable<JsonNode> values) {
        List<String> parts = new ArrayList<>();
        for (JsonNode value : values) {
            String text = write(value);
            parts.add(text.indexOf(',') < 0 || text.startsWith("\"") ? text : "\"" + text + "\"");
        }
        return String.join(", ", parts);
    }

    /** A value as it is read by people, without quotes. */
    public static String plain(JsonNode value) {
        if (value.isString()) {
            return value.stringValue();
        }
        return value.isNumber() ? value.decimalValue().toPlainString() : value.toString();
    }
}
