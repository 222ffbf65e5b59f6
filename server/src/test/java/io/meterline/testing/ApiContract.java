package io.meterline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.meterline.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The API document of a running server, and whether an exchange keeps to it. */
public final class ApiContract {

    private static final YAMLMapper YAML = YAMLMapper.builder().build();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(Dialects.getDraft202012());

    private final String base;
    private final ObjectNode document;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private ApiContract(String base, ObjectNode document) {
        this.base = base;
        this.document = document;
    }

    /** The contract of the server at an address such as {@code http://127.0.0.1:8080}. */
    static ApiContract of(String base) {
        try (InputStream in = URI.create(base + "/openapi.yaml").toURL().openStream()) {
            ObjectNode document = (ObjectNode) YAML.readTree(in);
            closeObjects(document);
            return new ApiContract(base, document);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the API document", e);
        }
    }

    String base() {
        return base;
    }

    /** Fails unless the document has this exchange. A JSON request is held against it only when it was accepted. */
    void check(String method, String target, byte @Nullable [] sent, boolean isJson, ApiClient.Answer answer) {
        String path = target.replaceFirst("\\?.*", "");
        Optional<String> template = template(path);
        if (template.isEmpty()) {
            assertThat(answer.status())
                    .as("%s is not in the API document", path)
                    .isEqualTo(404);
            checkProblem(answer);
            return;
        }
        JsonNode item = document.path("paths").path(template.get());
        JsonNode operation = item.path(method.toLowerCase(java.util.Locale.ROOT));
        if (operation.isMissingNode()) {
            boolean isImplied = method.equals("HEAD") || method.equals("OPTIONS");
            assertThat(isImplied || answer.status() == 405)
                    .as("%s %s is not in the API document", method, template.get())
                    .isTrue();
            return;
        }
        String name = method + " " + template.get();
        checkAnswer(name, operation, answer);
        if (answer.status() < 300) {
            checkQuery(name, target, item, operation);
            if (sent == null || isJson) {
                checkRequest(name, operation, sent);
            }
        }
    }

    private void checkAnswer(String name, JsonNode operation, ApiClient.Answer answer) {
        String status = Integer.toString(answer.status());
        JsonNode responses = operation.path("responses");
        JsonNode exact = responses.path(status);
        if (exact.isMissingNode() && answer.status() < 400) {
            fail("%s answered %s, which the API document does not have".formatted(name, status));
        }
        JsonNode response = resolve(exact.isMissingNode() ? responses.path("default") : exact);
        JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            assertThat(answer.text()).as("%s %s has no content", name, status).isEmpty();
            return;
        }
        String type = String.valueOf(answer.header("Content-Type")).replaceFirst(";.*", "");
        JsonNode media = content.path(type);
        assertThat(media.isMissingNode())
                .as("%s answered %s with the content type %s: %s", name, status, type, answer.text())
                .isFalse();
        if (!answer.json().isMissingNode()) {
            validate(name + " " + status + " " + type, media.path("schema"), answer.json());
        }
    }

    private void checkProblem(ApiClient.Answer answer) {
        validate("problem", document.at("/components/schemas/Problem"), answer.json());
    }

    private void checkQuery(String name, String target, JsonNode item, JsonNode operation) {
        int mark = target.indexOf('?');
        if (mark < 0) {
            return;
        }
        Set<String> known = new HashSet<>();
        for (JsonNode parameters : List.of(item.path("parameters"), operation.path("parameters"))) {
            parameters.forEach(
                    parameter -> known.add(resolve(parameter).path("name").asString()));
        }
        for (String pair : target.substring(mark + 1).split("&", -1)) {
            String sent = pair.replaceFirst("=.*", "");
            boolean isKnown = known.contains(sent) || known.contains(sent.replaceFirst("\\..*", ".*"));
            assertThat(isKnown)
                    .as("%s took the parameter %s, which the API document does not have", name, sent)
                    .isTrue();
        }
    }

    private void checkRequest(String name, JsonNode operation, byte @Nullable [] jsonSent) {
        JsonNode body = resolve(operation.path("requestBody"));
        if (jsonSent == null) {
            assertThat(body.path("required").asBoolean(false))
                    .as("%s was accepted without the body that it requires", name)
                    .isFalse();
            return;
        }
        JsonNode schema = body.path("content").path("application/json").path("schema");
        assertThat(schema.isMissingNode())
                .as("%s took a JSON body, which the API document does not have", name)
                .isFalse();
        validate(name + " request", schema, Json.mapper().readTree(jsonSent));
    }

    private void validate(String name, JsonNode schema, JsonNode instance) {
        // The components stand beside the schema, so that its references lead to them.
        Schema compiled = schemas.computeIfAbsent(name, key -> {
            ObjectNode root = Json.mapper().createObjectNode();
            root.set("components", document.path("components"));
            root.putArray("allOf").add(schema);
            return SCHEMAS.getSchema(root);
        });
        assertThat(compiled.validate(instance)).as("%s: %s", name, instance).isEmpty();
    }

    private JsonNode resolve(JsonNode node) {
        JsonNode reference = node.path("$ref");
        return reference.isString() ? document.at(reference.asString().substring(1)) : node;
    }

    /** The path of the document that a path is one of; fixed parts win over varying ones. */
    private Optional<String> template(String path) {
        List<String> found = new ArrayList<>();
        for (String template : document.path("paths").propertyNames()) {
            if (matches(template.split("/", -1), path.split("/", -1))) {
                found.add(template);
            }
        }
        return found.stream().min((a, b) -> fixedFirst(a).compareTo(fixedFirst(b)));
    }

    private static String fixedFirst(String template) {
        return template.replace('{', Character.MAX_VALUE);
    }

    private static boolean matches(String[] template, String[] path) {
        return template.length == path.length
                && Arrays.equals(template, path, (part, sent) -> part.startsWith("{") ? 0 : part.compareTo(sent));
    }

    // A field that the document does not have would otherwise be taken in silence.
    private static void closeObjects(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("type").asString("").equals("object")
                && object.path("properties").isObject()
                && !object.has("additionalProperties")
                && !object.has("unevaluatedProperties")) {
            object.put("additionalProperties", false);
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!Set.of("example", "examples", "allOf").contains(entry.getKey())) {
                closeObjects(entry.getValue());
            }
        }
        if (node.isArray()) {
            node.forEach(ApiContract::closeObjects);
        }
    }
}
