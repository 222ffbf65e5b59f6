package io.meterline.console.price;

import java.math.BigDecimal;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Filters between a form and the API. What is typed for a value is what it looks like: {@code 5} is a number, {@code true} a
 * boolean; in double quotes everything is text.
 */
public final class Filters {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,37})(\\.\\d{1,37})?");
    private static final Pattern EDIT = Pattern.compile("filter([+-]) ([a-z_.\\[\\]\\d]+?)(?: (\\d{1,3}))?");
    private static final Set<String> LISTS = Set.of("in", "not_in");

    private Filters() {}

    static boolean takesValue(String operator) {
        return !operator.equals("is_null") && !operator.equals("is_not_null");
    }

    /** What is typed for a value of the API; several with commas between them. */
    static String typed(JsonNode value) {
        if (value.isArray()) {
            return String.join(", ", value.valueStream().map(Filters::typed).toList());
        }
        if (!value.isString()) {
            return value.isNumber() ? value.decimalValue().toPlainString() : value.isBoolean() ? value.toString() : "";
        }
        String text = value.stringValue();
        return text.isEmpty() || !scalar(text).isString() || text.indexOf(',') >= 0 ? "\"" + text + "\"" : text;
    }

    /** The value of a text. */
    static JsonNode scalar(String text) {
        if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
            return JSON.stringNode(text.substring(1, text.length() - 1));
        }
        if (text.equals("true") || text.equals("false")) {
            return JSON.booleanNode(text.equals("true"));
        }
        return NUMBER.matcher(text).matches() ? JSON.numberNode(new BigDecimal(text)) : JSON.stringNode(text);
    }

    /**
     * Does what a button of the editor says: {@code filter+ PATH} or {@code filter- PATH 2}.
     *
     * @return whether it is one
     */
    public static boolean apply(ObjectNode tree, String edit) {
        Matcher matcher = EDIT.matcher(edit);
        if (!matcher.matches()) {
            return false;
        }
        String path = matcher.group(2);
        int dot = path.lastIndexOf('.');
        JsonNode owner = dot < 0 ? tree : PathForm.at(tree, path.substring(0, dot));
        if (owner instanceof ObjectNode object) {
            String name = path.substring(dot + 1);
            if (matcher.group(1).equals("+")) {
                add(object, name);
            } else if (object.path(name).path("fields") instanceof ArrayNode fields && matcher.group(3) != null) {
                remove(object, name, fields, Integer.parseInt(matcher.group(3)));
            }
        }
        return true;
    }

    private static void add(ObjectNode owner, String name) {
        if (!owner.path(name).isObject()) {
            owner.putObject(name).put("conditional", "and");
        }
        ObjectNode filter = (ObjectNode) owner.path(name);
        ArrayNode fields = filter.path("fields") instanceof ArrayNode there ? there : filter.putArray("fields");
        fields.addObject().put("operator", "equals");
    }

    private static void remove(ObjectNode owner, String name, ArrayNode fields, int index) {
        if (index < fields.size()) {
            fields.remove(index);
        }
        if (fields.isEmpty()) {
            owner.remove(name);
        }
    }

    /** Makes the filter of an object what the API takes: without rows into which nothing was typed. */
    public static void send(ObjectNode owner) {
        if (!(owner.path("filter").path("fields") instanceof ArrayNode fields)) {
            owner.remove("filter");
            return;
        }
        for (int i = fields.size() - 1; i >= 0; i--) {
            if (fields.get(i) instanceof ObjectNode field && !field.has("fields")) {
                if (!field.hasNonNull("property") && !field.hasNonNull("value")) {
                    fields.remove(i);
                } else {
                    value(field, field.path("operator").asString(""));
                }
            }
        }
        if (fields.isEmpty()) {
            owner.remove("filter");
        }
    }

    private static void value(ObjectNode field, String operator) {
        JsonNode value = field.path("value");
        if (!takesValue(operator)) {
            field.remove("value");
        } else if (LISTS.contains(operator) && !value.isArray() && !value.isMissingNode()) {
            ArrayNode list = field.putArray("value");
            for (String part : value.asString("").split(",", -1)) {
                if (!part.isBlank()) {
                    list.add(scalar(part.strip()));
                }
            }
        }
    }
}
