package io.meterline.console;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A filter as a sentence: {@code status is premium and (region is eu or region is us)}. */
public final class FilterWords {

    private FilterWords() {}

    /** Empty for no filter. */
    public static String of(@Nullable JsonNode filter) {
        return filter == null || !filter.isObject() ? "" : group(filter);
    }

    private static String group(JsonNode group) {
        List<String> parts = new ArrayList<>();
        for (JsonNode field : group.path("fields")) {
            boolean nested = field.has("fields");
            parts.add(nested ? "(" + group(field) + ")" : comparison(field));
        }
        return String.join(group.path("conditional").asString().equals("or") ? " or " : " and ", parts);
    }

    private static String comparison(JsonNode field) {
        Comparison operator = Comparison.of(field.path("operator").asString());
        String start = field.path("property").asString() + " " + operator.words();
        if (!operator.takesValue()) {
            return start;
        }
        JsonNode value = field.path("value");
        return start + " " + (value.isArray() ? ValueText.writeAll(value) : ValueText.write(value));
    }
}
