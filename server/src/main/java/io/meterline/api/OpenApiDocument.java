package io.meterline.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * The API document (OpenAPI 3.1), put together from {@code openapi/openapi.yaml} and a fragment for each subject.
 *
 * <p>A fragment has {@code tags}, {@code paths} and {@code components}, and may refer to the components of the whole.
 * Nothing may be defined twice.
 */
public final class OpenApiDocument {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES, YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    private OpenApiDocument() {}

    /** The document with these fragments, as a tree. */
    public static ObjectNode read(Set<String> fragments) {
        ObjectNode document = resource("openapi/openapi.yaml");
        for (String fragment : fragments) {
            add(document, resource("openapi/paths/" + fragment + ".yaml"), fragment);
        }
        return document;
    }

    /** The same as YAML. */
    public static byte[] yaml(Set<String> fragments) {
        return YAML.writeValueAsBytes(read(fragments));
    }

    private static void add(ObjectNode document, ObjectNode fragment, String name) {
        for (Map.Entry<String, JsonNode> section : fragment.properties()) {
            switch (section.getKey()) {
                case "tags" ->
                    section.getValue().forEach(tag -> document.withArray("tags").add(tag));
                case "paths" -> merge(document.withObject("/paths"), section.getValue(), name);
                case "components" ->
                    section.getValue()
                            .properties()
                            .forEach(kind -> merge(
                                    document.withObject("/components").withObjectProperty(kind.getKey()),
                                    kind.getValue(),
                                    name));
                default -> throw new IllegalStateException("a fragment cannot have " + section.getKey() + ": " + name);
            }
        }
    }

    private static void merge(ObjectNode whole, JsonNode part, String fragment) {
        part.properties().forEach(entry -> {
            if (whole.has(entry.getKey())) {
                throw new IllegalStateException(entry.getKey() + " is defined again in the fragment " + fragment);
            }
            whole.set(entry.getKey(), entry.getValue());
        });
    }

    private static ObjectNode resource(String name) {
        try (InputStream in = OpenApiDocument.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return (ObjectNode) YAML.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
