package io.meterline.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the YAML file into values by dotted key. Lists of plain values become text with commas. */
final class SettingsFile {

    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private SettingsFile() {}

    static Map<String, String> read(Path file) {
        try {
            Map<String, String> values = new LinkedHashMap<>();
            JsonNode root = MAPPER.readTree(file);
            if (!root.isMissingNode() && !root.isNull()) {
                flatten("", root, values);
            }
            return values;
        } catch (JacksonException e) {
            throw new SettingsException("config", "must be a valid YAML file: " + e.getOriginalMessage())
                    .from(file + " line " + e.getLocation().getLineNr());
        }
    }

    private static void flatten(String key, JsonNode node, Map<String, String> values) {
        switch (node.getNodeType()) {
            case OBJECT ->
                node.properties()
                        .forEach(entry -> flatten(
                                key.isEmpty() ? entry.getKey() : key + "." + entry.getKey(), entry.getValue(), values));
            case ARRAY -> put(key, elements(key, node), values);
            case STRING, NUMBER, BOOLEAN -> put(key, node.asString(), values);
            case NULL, MISSING, BINARY, POJO ->
                throw new SettingsException(key, "has no value; give one or remove the line");
        }
    }

    // "a.b: 1" and "a: {b: 1}" are the same key.
    private static void put(String key, String value, Map<String, String> values) {
        if (key.isEmpty()) {
            throw new SettingsException("config", "must hold keys and values, as in port: 8080");
        }
        if (values.put(key, value) != null) {
            throw new SettingsException(key, "is given twice");
        }
    }

    private static String elements(String key, JsonNode array) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array) {
            if (!element.isValueNode() || element.isNull()) {
                throw new SettingsException(key, "must be a list of plain values");
            }
            texts.add(element.asString());
        }
        return String.join(",", texts);
    }
}
