package io.meterline.console.subscription;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A filter in words: {@code status = premium and region is one of eu, us}. */
final class FilterWords {

    private static final Map<String, String> OPERATORS = Map.ofEntries(
            Map.entry("equals", "="),
            Map.entry("not_equal", "≠"),
            Map.entry("gt", ">"),
            Map.entry("gte", "≥"),
            Map.entry("lt", "<"),
            Map.entry("lte", "≤"),
            Map.entry("in", "is one of"),
            Map.entry("not_in", "is none of"),
            Map.entry("is_null", "is empty"),
            Map.entry("is_not_null", "is not empty"));

    private FilterWords() {}

    /** Empty for no filter. */
    static String of(@Nullable JsonNode filter) {
        return filter == null || !filter.isObject() ? "" : group(filter);
    }

    private static String group(JsonNode group) {
        List<String> parts = new ArrayList<>();
        for (JsonNode field : group.path("fields")) {
            parts.add(field.has("fields") ? "(" + group(field) + ")" : comparison(field));
        }
        return String.join(group.path("conditional").asString("and").equals("or") ? " or " : " and ", parts);
    }

    private static String comparison(JsonNode field) {
        String operator = field.path("operator").asString("");
        String words = OPERATORS.getOrDefault(operator, operator.replace('_', ' '));
        String start = field.path("property").asString("") + " " + words;
        JsonNode value = field.path("value");
        if (value.isMissingNode() || value.isNull()) {
            return start;
        }
        if (!value.isArray()) {
            return start + " " + text(value);
        }
        List<String> all = new ArrayList<>();
        value.forEach(one -> all.add(text(one)));
        return start + " " + String.join(", ", all);
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.asString() : value.toString();
    }
}
