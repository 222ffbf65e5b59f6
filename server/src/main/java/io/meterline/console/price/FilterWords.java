package io.meterline.console.price;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A filter of the API in words: {@code region = eu and deleted_at is null}. Empty for none. */
public final class FilterWords {

    private FilterWords() {}

    public static String of(JsonNode filter) {
        return filter.isObject() ? group(filter) : "";
    }

    private static String group(JsonNode group) {
        List<String> parts = new ArrayList<>();
        for (JsonNode field : group.path("fields")) {
            parts.add(field.has("fields") ? "(" + group(field) + ")" : comparison(field));
        }
        return String.join(group.path("conditional").asString("and").equals("or") ? " or " : " and ", parts);
    }

    private static String comparison(JsonNode field) {
        String property = field.path("property").asString("");
        JsonNode value = field.path("value");
        String text = value.isArray()
                ? String.join(
                        ", ", value.valueStream().map(one -> one.asString("")).toList())
                : value.asString("");
        return property
                + switch (field.path("operator").asString("")) {
                    case "is_null" -> " is null";
                    case "is_not_null" -> " is not null";
                    case "equals" -> " = " + text;
                    case "not_equal" -> " ≠ " + text;
                    case "gt" -> " > " + text;
                    case "gte" -> " ≥ " + text;
                    case "lt" -> " < " + text;
                    case "lte" -> " ≤ " + text;
                    case "in" -> " in (" + text + ")";
                    case "not_in" -> " not in (" + text + ")";
                    case "starts_with" -> " starts with " + text;
                    default -> " contains " + text;
                };
    }
}
