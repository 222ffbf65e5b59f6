package io.meterline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.access.IdempotencyKeys;
import io.meterline.access.Principal;
import io.meterline.access.Scope;
import io.meterline.control.ControlDatabase;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The routes of a small API, called from inside, and what is told of the changes made through them. */
final class LocalApiTest {

    private static final byte[] NOTHING = {};

    private final Map<String, String> things = new TreeMap<>();
    private final List<Change> changes = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    private ControlDatabase database;
    private LocalApi api;

    private record Thing(@Nullable String name) {}

    @BeforeEach
    void open() {
        database = ControlDatabase.open(folder, 1, 10);
        Routes routes = new Routes().tellingOfChanges(changes::add);
        routes.get("/v1/things/{id}", Scope.READ, call -> Reply.ok(Map.of("name", thing(call))));
        routes.get(
                        "/v1/things",
                        Scope.READ,
                        call -> Reply.ok(Map.of("first", call.query().required("first"))))
                .takes("first");
        routes.post("/v1/things", Scope.WRITE, call -> {
            String id = "thing_" + (things.size() + 1);
            things.put(id, String.valueOf(call.json(Thing.class).name()));
            return Reply.created(Map.of("id", id, "secret", "s3cret")).keeping(Map.of("id", id));
        });
        routes.put("/v1/things/{id}", Scope.WRITE, call -> {
            things.put(call.path("id"), String.valueOf(call.json(Thing.class).name()));
            return Reply.noContent();
        });
        routes.post("/v1/things/{id}/pause", Scope.WRITE, call -> {
            things.put(call.path("id"), thing(call) + " (paused)");
            return Reply.noContent();
        });
        routes.delete("/v1/things/{id}", Scope.WRITE, call -> {
            things.remove(call.path("id"));
            return Reply.noContent();
        });
        routes.post("/v1/things/{id}/try", Scope.WRITE, _ -> Reply.ok(Map.of())).changesNothing();
        api = new LocalApi(routes, new IdempotencyKeys(database, InstantSource.system()));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void answersAsOverTheNetwork() {
        things.put("a/b", "slash");

        assertThat(text(call("GET", "/v1/things/a%2Fb", ""))).isEqualTo("{\"name\":\"slash\"}");
        assertThat(text(call("GET", "/v1/things?first=x%20y", ""))).isEqualTo("{\"first\":\"x y\"}");
        assertThat(call("GET", "/v1/things/none", "").status()).isEqualTo(404);
        assertThat(text(call("GET", "/v1/things?second=1", ""))).contains("unknown_parameter");
        assertThat(call("GET", "/v1/other", "").status()).isEqualTo(404);
        assertThat(call("POST", "/v1/things", "{\"nope\":1}").status()).isEqualTo(400);
    }

    @Test
    void aPrincipalMayWhatItsScopesSay() {
        Reply reply = call(principal(Scope.READ), Map.of(), "POST", "/v1/things", "{\"name\":\"a\"}");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(text(reply)).contains("insufficient_scope", "Your role does not allow this");
        assertThat(things).isEmpty();
    }

    @Test
    void aFormThatIsSentTwiceMakesOneThing() {
        Map<String, String> headers = Map.of("Idempotency-Key", "form-1");

        call(principal(Scope.WRITE), headers, "POST", "/v1/things", "{\"name\":\"a\"}");
        Reply second = call(principal(Scope.WRITE), headers, "POST", "/v1/things", "{\"name\":\"a\"}");

        assertThat(second.status()).isEqualTo(201);
        assertThat(things).hasSize(1);
        assertThat(changes).hasSize(1);
    }

    @Test
    void tellsOfAChangeWithTheThingBeforeAndAfter() {
        things.put("x", "old");

        call("PUT", "/v1/things/x", "{\"name\":\"new\"}");
        call("POST", "/v1/things/x/pause", "");
        call("DELETE", "/v1/things/x", "");

        assertThat(changes)
                .extracting(Change::route, Change::path, Change::before, Change::after)
                .containsExactly(
                        tuple("PUT /v1/things/{id}", "/v1/things/x", name("old"), name("new")),
                        tuple("POST /v1/things/{id}/pause", "/v1/things/x/pause", name("new"), name("new (paused)")),
                        tuple("DELETE /v1/things/{id}", "/v1/things/x", name("new (paused)"), null));
        assertThat(changes).allMatch(change -> change.who().isPerson());
    }

    @Test
    void tellsOfANewThingWithoutItsSecret() {
        call("POST", "/v1/things", "{\"name\":\"a\"}");

        assertThat(changes).hasSize(1);
        assertThat(changes.getFirst().before()).isNull();
        assertThat(changes.getFirst().after()).isEqualTo("{\"id\":\"thing_1\"}");
    }

    @Test
    void tellsNothingOfWhatChangesNothing() {
        things.put("x", "old");

        call("POST", "/v1/things/x/try", "");
        call("GET", "/v1/things/x", "");
        call("POST", "/v1/things", "{\"nope\":1}");

        assertThat(changes).isEmpty();
    }

    private static Tuple tuple(@Nullable Object... values) {
        return Tuple.tuple(values);
    }

    private static String name(String name) {
        return "{\"name\":\"" + name + "\"}";
    }

    private String thing(Call call) {
        String name = things.get(call.path("id"));
        if (name == null) {
            throw new RuleException(RuleException.Kind.NOT_FOUND, "not_found", "There is no such thing.");
        }
        return name;
    }

    private Reply call(String method, String target, String json) {
        return call(principal(Scope.ADMIN), Map.of(), method, target, json);
    }

    private Reply call(Principal who, Map<String, String> headers, String method, String target, String json) {
        byte[] body = json.isEmpty() ? NOTHING : json.getBytes(StandardCharsets.UTF_8);
        return api.call(who, "req_1", method, target, headers, body);
    }

    private static Principal principal(Scope scope) {
        return new Principal("usr_1", "Ada", Environment.TEST, Set.of(scope), null);
    }

    private static String text(Reply reply) {
        return new String(reply.bytes(), StandardCharsets.UTF_8);
    }
}
