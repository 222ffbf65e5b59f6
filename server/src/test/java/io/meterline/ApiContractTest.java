package io.meterline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.access.Scope;
import io.meterline.api.OpenApiDocument;
import io.meterline.config.SettingsLoader;
import io.meterline.http.Route;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The API document against the routes of the server. What they answer is held against it by every test's client. */
final class ApiContractTest {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    private static Server server;
    private static JsonNode document;

    @BeforeAll
    static void start(@TempDir Path folder) {
        Map<String, String> flags = Map.of("data", folder.toString(), "port", "0");
        server = Server.start(SettingsLoader.load(flags, Map.of()), InstantSource.system());
        document = OpenApiDocument.read(server.routes().fragments());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theDocumentIsValidOpenApi31() {
        String yaml = new String(OpenApiDocument.yaml(server.routes().fragments()), StandardCharsets.UTF_8);
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult result = new OpenAPIV3Parser().readContents(yaml, List.of(), options);
        assertThat(result.getMessages()).isEmpty();
        assertThat(document.path("openapi").asString()).startsWith("3.1.");
    }

    @Test
    void everyRouteIsInTheDocumentAndEveryOperationIsARoute() {
        Set<String> routes = server.routes().all().stream()
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> documented = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().propertyNames().stream()
                        .filter(METHODS::contains)
                        .forEach(method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertThat(documented).isEqualTo(routes);
    }

    @Test
    void everyOperationTakesTheParametersOfItsRoute() {
        for (Route route : server.routes().all()) {
            assertThat(parameters(route, "query")).as(name(route)).isEqualTo(new TreeSet<>(route.parameters()));
            assertThat(parameters(route, "header").contains("Idempotency-Key"))
                    .as("%s and Idempotency-Key", name(route))
                    .isEqualTo(route.takesIdempotencyKey());
        }
    }

    @Test
    void everyOperationSaysWhichScopeItNeeds() {
        for (Route route : server.routes().all()) {
            JsonNode operation = operation(route);
            Scope scope = route.scope();
            if (scope == null) {
                assertThat(operation.path("security").isArray()
                                && operation.path("security").isEmpty())
                        .as("%s needs no key", name(route))
                        .isTrue();
            } else {
                assertThat(operation.path("description").asString(""))
                        .as(name(route))
                        .contains("Scope: `" + scope.text() + "`");
            }
        }
    }

    @Test
    void everyOperationIsSummedUpAndNamesTheProblemItMayAnswer() {
        List<String> ids = new ArrayList<>();
        for (Route route : server.routes().all()) {
            JsonNode operation = operation(route);
            assertThat(operation.path("summary").asString("")).as(name(route)).isNotEmpty();
            assertThat(operation.path("tags").size()).as(name(route)).isEqualTo(1);
            assertThat(operation.at("/responses/default/$ref").asString(""))
                    .as(name(route))
                    .isEqualTo("#/components/responses/Problem");
            ids.add(operation.path("operationId").asString());
        }
        assertThat(ids).doesNotHaveDuplicates().doesNotContain("");
    }

    private static Set<String> parameters(Route route, String in) {
        Set<String> names = new TreeSet<>();
        for (JsonNode list : List.of(
                operation(route).path("parameters"),
                document.path("paths").path(route.path()).path("parameters"))) {
            for (JsonNode entry : list) {
                JsonNode parameter = entry.has("$ref")
                        ? document.at(entry.path("$ref").asString().substring(1))
                        : entry;
                if (parameter.path("in").asString().equals(in)) {
                    names.add(parameter.path("name").asString());
                }
            }
        }
        return names;
    }

    private static JsonNode operation(Route route) {
        return document.path("paths").path(route.path()).path(route.method().toLowerCase(Locale.ROOT));
    }

    private static String name(Route route) {
        return route.method() + " " + route.path();
    }
}
