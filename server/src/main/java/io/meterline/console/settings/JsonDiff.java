package io.meterline.console.settings;

import io.meterline.http.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What differs between two texts of JSON, field by field.
 *
 * @param rows that differ, in the order of the fields
 * @param same how many fields do not
 * @param raw whether one of the texts was cut and is no JSON any more; then there are no rows
 */
public record JsonDiff(List<Row> rows, int same, boolean raw) {

    private static final String WHOLE = "";

    /**
     * A field that differs.
     *
     * @param path such as {@code prices[0].price.amount}
     * @param before null where it was not there
     * @param after null where it is not any more
     */
    public record Row(
            String path, @Nullable String before, @Nullable String after) {}

    /** Null for what was not there before, or is not afterwards. */
    public static JsonDiff of(@Nullable String before, @Nullable String after) {
        SequencedMap<String, String> old = new LinkedHashMap<>();
        SequencedMap<String, String> now = new LinkedHashMap<>();
        try {
            flatten(before, old);
            flatten(after, now);
        } catch (JacksonException e) {
            return new JsonDiff(List.of(), 0, true);
        }
        SequencedMap<String, Boolean> paths = new LinkedHashMap<>();
        now.keySet().forEach(path -> paths.put(path, true));
        old.keySet().forEach(path -> paths.putIfAbsent(path, true));
        List<Row> rows = new ArrayList<>();
        int same = 0;
        for (String path : paths.keySet()) {
            String was = old.get(path);
            String is = now.get(path);
            if (Objects.equals(was, is)) {
                same++;
            } else {
                rows.add(new Row(path, was, is));
            }
        }
        return new JsonDiff(rows, same, false);
    }

    private static void flatten(@Nullable String json, Map<String, String> into) {
        if (json != null && !json.isBlank()) {
            flatten(Json.mapper().readTree(json), WHOLE, into);
        }
    }

    private static void flatten(JsonNode node, String path, Map<String, String> into) {
        if (node.isObject() && !node.isEmpty()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                flatten(field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey(), into);
            }
        } else if (node.isArray() && !node.isEmpty() && !isPlain(node)) {
            for (int i = 0; i < node.size(); i++) {
                flatten(node.get(i), path + "[" + i + "]", into);
            }
        } else {
            into.put(path, node.isString() ? node.asString() : node.toString());
        }
    }

    // A list of words reads better in one line.
    private static boolean isPlain(JsonNode array) {
        return array.valueStream().noneMatch(JsonNode::isContainer);
    }
}
