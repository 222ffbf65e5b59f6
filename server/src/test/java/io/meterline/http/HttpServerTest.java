package io.meterline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.access.IdempotencyKeys;
import io.meterline.access.Principal;
import io.meterline.access.Scope;
import io.meterline.control.ControlDatabase;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.store.OverloadedException;
import io.meterline.store.StoreFailedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The conventions that hold on every route, on a real server with routes of its own. */
final class HttpServerTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static HttpServer server;
    private static ControlDatabase database;

    record Thing(
            String name,
            @Nullable BigDecimal amount,
            @Nullable Colour colour,
            @Nullable List<Thing> parts) {}

    enum Colour {
        DARK_RED,
        BLUE
    }

    @BeforeAll
    static void start(@TempDir Path folder) {
        Routes routes = new Routes();
        routes.open("/open", call -> Reply.ok(Map.of("open", true)));
        routes.get("/things", Scope.READ, call -> Reply.ok(Page.of(call.query()).listing(0, List.of(), null)))
                .pages()
                .takes("colour", "record.*");
        routes.get("/things/special", Scope.READ, call -> Reply.ok(Map.of("special", true)));
        routes.get("/things/{id}", Scope.READ, call -> Reply.ok(Map.of("id", call.path("id"))));
        routes.post("/things", Scope.WRITE, call -> Reply.created(call.json(Thing.class)));
        routes.post(
                "/raw",
                Scope.INGEST,
                call -> Reply.ok(Map.of("bytes", call.body(1_000, Body.NDJSON).bytes().length)));
        routes.delete("/things/{id}", Scope.ADMIN, call -> Reply.noContent());
        routes.get("/fails", Scope.READ, call -> {
            throw new IllegalStateException("secret detail");
        });
        routes.get("/full", Scope.READ, call -> {
            throw new OverloadedException("full");
        });
        routes.get("/broken", Scope.READ, call -> {
            throw new StoreFailedException("disk", new IOException("disk"));
        });
        AtomicInteger runs = new AtomicInteger();
        routes.post("/counted", Scope.WRITE, call -> {
            int run = runs.incrementAndGet();
            return Reply.created(Map.of("run", run, "secret", "s3cret")).keeping(Map.of("run", run));
        });
        database = ControlDatabase.open(folder, 1, 100);
        IdempotencyKeys keys = new IdempotencyKeys(database, InstantSource.system());
        server = HttpServer.start(
                HttpOptions.local(), routes, HttpServerTest::principal, keys, (route, status, nanos) -> {});
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    private static Principal principal(String key) {
        if (key.equals("unknown")) {
            throw new RuleException(Kind.UNAUTHENTICATED, "unauthenticated", "This key is not known.");
        }
        return new Principal("key_1", null, Environment.TEST, Set.of(Scope.valueOf(key)), null);
    }

    @Test
    void aRouteWithoutScopeNeedsNoKey() throws Exception {
        assertThat(send("GET", "/open", null).statusCode()).isEqualTo(200);
    }

    @Test
    void noKeyAndAnUnknownKeyAreNotAuthenticated() throws Exception {
        HttpResponse<String> none = send("GET", "/things", null);
        assertProblem(none, 401, "unauthenticated");
        assertThat(none.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"meterline\"");
        assertProblem(send("GET", "/things", "unknown"), 401, "unauthenticated");
    }

    @Test
    void aMissingScopeIsNamedAndAdminHasAll() throws Exception {
        HttpResponse<String> refused = send("GET", "/things", "INGEST");
        assertProblem(refused, 403, "insufficient_scope");
        assertThat(refused.body()).contains("'read'");
        assertThat(send("GET", "/things", "ADMIN").statusCode()).isEqualTo(200);
    }

    @Test
    void fixedPartsOfAPathWinOverVaryingOnes() throws Exception {
        assertThat(send("GET", "/things/special", "READ").body()).contains("special");
        assertThat(send("GET", "/things/a%2Fb%20c+d", "READ").body()).contains("\"a/b c+d\"");
    }

    @Test
    void unknownPathsAndMethodsAreProblems() throws Exception {
        assertProblem(send("GET", "/nothing", null), 404, "not_found");
        HttpResponse<String> wrongMethod = send("PATCH", "/things", "READ");
        assertProblem(wrongMethod, 405, "method_not_allowed");
        assertThat(wrongMethod.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS, POST");
        assertThat(send("OPTIONS", "/things/1", null).headers().firstValue("Allow"))
                .hasValue("DELETE, GET, HEAD, OPTIONS");
    }

    @Test
    void headAnswersLikeGetWithoutContent() throws Exception {
        HttpResponse<String> head = send("HEAD", "/things/abc", "READ");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length")).hasValue("12");
        assertThat(send("GET", "/things/abc", "READ").body()).hasSize(12);
    }

    @Test
    void everyAnswerCarriesARequestIdAndSecurityHeadersAndNoServerName() throws Exception {
        HttpResponse<String> answer = send("GET", "/nothing", null);
        assertThat(answer.headers().firstValue("X-Request-Id").orElseThrow()).startsWith("req_");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void ourFaultsTellTheRequestIdAndNothingElse() throws Exception {
        HttpResponse<String> failed = send("GET", "/fails", "READ");
        assertProblem(failed, 500, "internal_error");
        assertThat(failed.body())
                .doesNotContain("secret", "IllegalState")
                .contains(failed.headers().firstValue("X-Request-Id").orElseThrow());
    }

    @Test
    void aFullQueueAndABrokenStoreAskToRetry() throws Exception {
        HttpResponse<String> full = send("GET", "/full", "READ");
        assertProblem(full, 503, "overloaded");
        assertThat(full.headers().firstValue("Retry-After")).hasValue("1");
        assertProblem(send("GET", "/broken", "READ"), 503, "store_unavailable");
    }

    @ParameterizedTest
    @CsvSource({
        "?tak=1, unknown_parameter",
        "?take=101, invalid_parameter",
        "?take=0, invalid_parameter",
        "?take=, invalid_parameter",
        "?take=1&take=2, invalid_parameter",
        "?skip=10001, invalid_parameter",
        "?skip=1&cursor=eA, invalid_parameter",
        "?record.=1, unknown_parameter",
    })
    void badQueryParametersAreNamed(String query, String code) throws Exception {
        assertProblem(send("GET", "/things" + query, "READ"), 400, code);
    }

    @Test
    void goodQueryParametersAreTaken() throws Exception {
        assertThat(send("GET", "/things?take=100&skip=10000&record.a.b=1", "READ")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"a\",\"nam\":1}|unknown_field|nam",
                "{\"name\":\"a\",\"parts\":[{\"name\":\"b\",\"x\":1}]}|unknown_field|parts[0].x",
                "{\"name\":\"a\",\"name\":\"b\"}|duplicate_key|name",
                "{\"name\":1}|invalid_value|name",
                "{\"name\":\"a\",\"amount\":NaN}|invalid_json|",
                "{\"name\":\"a\",\"amount\":\"NaN\"}|invalid_value|amount",
                "{\"name\":\"a\",\"amount\":1e999999999}|invalid_value|amount",
                "{\"name\":\"a\",\"amount\":true}|invalid_value|amount",
                "{\"name\":\"a\",\"colour\":\"green\"}|invalid_value|colour",
                "{\"name\":\"a\",\"colour\":\"DARK_RED\"}|invalid_value|colour",
                "{\"name\":\"a\",\"colour\":0}|invalid_value|colour",
                "{\"name\":\"a\",\"parts\":{}}|invalid_value|parts",
                "{\"name\":\"a\"} x|invalid_json|",
                "{\"name\":\"a\"} {}|invalid_json|",
                "{'name':'a'}|invalid_json|",
                "{\"name\":\"a\",}|invalid_json|",
                "{\"name\":|invalid_json|",
                "[]|invalid_value|",
                "null|invalid_json|",
                "``|invalid_json|",
            })
    void badJsonIsRefusedWithItsPlace(String body, String code, @Nullable String path) throws Exception {
        HttpResponse<String> answer = post(BodyPublishers.ofString(body));
        assertProblem(answer, 400, code);
        if (path != null) {
            assertThat(json(answer).at("/errors/0/path").asString()).isEqualTo(path);
        }
    }

    @Test
    void jsonBeyondItsLimitsIsRefused() throws Exception {
        assertProblem(post(BodyPublishers.ofString("[".repeat(100))), 400, "invalid_value");
        assertProblem(post(BodyPublishers.ofString("{\"parts\":[".repeat(100))), 400, "invalid_json");
        assertProblem(
                post(BodyPublishers.ofString("{\"name\":\"a\",\"amount\":" + "1".repeat(300) + "}")),
                400,
                "invalid_json");
    }

    @Test
    void syntaxErrorsSayLineAndColumnAndRepeatNothing() throws Exception {
        HttpResponse<String> answer = post(BodyPublishers.ofString("{\n  \"name\": geheim }"));
        assertThat(json(answer).path("message").asString()).contains("line 2").doesNotContain("geheim");
    }

    @Test
    void badUtf8IsRefused() throws Exception {
        byte[] overlong = "{\"name\":\"aXX\"}".getBytes(StandardCharsets.UTF_8);
        overlong[10] = (byte) 0xC0;
        overlong[11] = (byte) 0xAF;
        assertProblem(post(BodyPublishers.ofByteArray(overlong)), 400, "invalid_utf8");
        assertProblem(
                post(BodyPublishers.ofByteArray("{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_16LE))),
                400,
                "invalid_json");
    }

    @Test
    void decimalsComeBackAsTheStringsThatWereSent() throws Exception {
        HttpResponse<String> answer = post(BodyPublishers.ofString(
                "{\"name\":\"ä\",\"amount\":12345678901234567890.123456789012345678,\"colour\":\"dark_red\"}"));
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body())
                .isEqualTo("{\"name\":\"ä\",\"amount\":\"12345678901234567890.123456789012345678\","
                        + "\"colour\":\"dark_red\",\"parts\":null}");
    }

    @Test
    void gzipIsUnpackedWithTheLimitOnWhatComesOut() throws Exception {
        assertThat(raw(gzip(new byte[1_000]), "gzip").body()).isEqualTo("{\"bytes\":1000}");
        assertProblem(raw(gzip(new byte[1_001]), "gzip"), 413, "body_too_large");
        assertProblem(raw(gzip(new byte[10_000_000]), "gzip"), 413, "body_too_large");
    }

    @Test
    void brokenGzipIsRefused() throws Exception {
        byte[] whole = gzip(new byte[900]);
        assertProblem(raw(Arrays.copyOf(whole, whole.length - 3), "gzip"), 400, "invalid_gzip");
        assertProblem(raw(new byte[] {1, 2, 3}, "gzip"), 400, "invalid_gzip");
        assertProblem(raw(whole, "br"), 415, "unsupported_content_encoding");
    }

    @Test
    void bodiesBeyondTheLimitAreRefusedWithAndWithoutLength() throws Exception {
        assertProblem(raw(new byte[1_001], "identity"), 413, "body_too_large");
        assertThat(raw(new byte[1_000], "identity").statusCode()).isEqualTo(200);
        HttpRequest chunked = request(
                        "POST",
                        "/raw",
                        "INGEST",
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[100_000])))
                .header("Content-Type", "application/x-ndjson")
                .build();
        assertProblem(CLIENT.send(chunked, BodyHandlers.ofString()), 413, "body_too_large");
        HttpRequest large = request("POST", "/raw", "INGEST", BodyPublishers.ofByteArray(new byte[20_000_000]))
                .header("Content-Type", "application/x-ndjson")
                .build();
        try {
            assertProblem(CLIENT.send(large, BodyHandlers.ofString()), 413, "body_too_large");
        } catch (IOException closedWhileSending) {
            assertThat(closedWhileSending).hasMessageNotContaining("timed out");
        }
    }

    @Test
    void anIdempotencyKeyGivesTheFirstAnswerAgainWithoutItsSecret() throws Exception {
        HttpResponse<String> first = counted("key-1", "{}");
        HttpResponse<String> second = counted("key-1", "{}");
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.body()).contains("s3cret");
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(json(second).path("run")).isEqualTo(json(first).path("run"));
        assertThat(second.body()).doesNotContain("s3cret");
        assertThat(second.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertProblem(counted("key-1", "{ }"), 409, "idempotency_key_reused");
    }

    private static HttpResponse<String> counted(String key, String body) throws Exception {
        HttpRequest request = request("POST", "/counted", "WRITE", BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    @Test
    void otherContentTypesAreRefused() throws Exception {
        for (String type :
                List.of("text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1")) {
            HttpRequest request = request("POST", "/things", "WRITE", BodyPublishers.ofString("{\"name\":\"a\"}"))
                    .header("Content-Type", type)
                    .build();
            assertProblem(CLIENT.send(request, BodyHandlers.ofString()), 415, "unsupported_media_type");
        }
        HttpRequest none = request("POST", "/things", "WRITE", BodyPublishers.ofString("{\"name\":\"a\"}"))
                .build();
        assertProblem(CLIENT.send(none, BodyHandlers.ofString()), 415, "unsupported_media_type");
    }

    @Test
    void whatIsNoHttpIsAProblemToo() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write("GET /x^y HTTP/9.9\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 ")
                    .contains("application/problem+json")
                    .doesNotContain("helidon");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length: 100, {",
        "Transfer-Encoding: chunked, no number",
    })
    void aBodyThatBreaksOffIsTheCallersFault(String header, String body) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String head = "POST /raw HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer INGEST\r\n"
                    + "Content-Type: application/x-ndjson\r\n" + header + "\r\n\r\n";
            socket.getOutputStream().write((head + body + "\r\n").getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("body_incomplete");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Type: ///~Content-Length: 2~~{}|415|unsupported_media_type",
                "Content-Type: application/json~Transfer-Encoding: chunked~~2~{}~0~broken trailer~|400|body_incomplete",
                "Content-Type: application/json~Transfer-Encoding: chunked~~zz~{}~0~~|400|body_incomplete",
                "Content-Type: application/json~Content-Length: many~~{}|400|bad_request",
                "no header at all~~|400|bad_request",
            })
    void headersAndChunksThatAreBrokenAreTheCallersFault(String rest, int status, String code) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String request =
                    "POST /things HTTP/1.1~Host: localhost~Authorization: Bearer WRITE~Connection: close~" + rest;
            socket.getOutputStream().write(request.replace("~", "\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            socket.setSoTimeout(10_000);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 " + status).contains("\"code\":\"" + code + "\"");
        }
    }

    private static HttpResponse<String> raw(byte[] body, String encoding) throws Exception {
        HttpRequest request = request("POST", "/raw", "INGEST", BodyPublishers.ofByteArray(body))
                .header("Content-Type", "application/x-ndjson; charset=UTF-8")
                .header("Content-Encoding", encoding)
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }

    private static HttpResponse<String> post(BodyPublisher body) throws Exception {
        HttpRequest request = request("POST", "/things", "WRITE", body)
                .header("Content-Type", "application/json")
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    private static HttpResponse<String> send(String method, String path, @Nullable String key) throws Exception {
        return CLIENT.send(request(method, path, key, BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String method, String path, @Nullable String key, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, body);
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.mapper().readTree(answer.body());
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = json(answer);
        assertThat(problem.path("code").asString()).as(answer.body()).isEqualTo(code);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("message")).isEqualTo(problem.path("detail"));
        assertThat(problem.path("errors").isArray()).isTrue();
    }
}
