package io.meterline.testing;

import io.meterline.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Calls the API, and holds every exchange against the API document.
 *
 * <p>Bodies are JSON: a string is sent as it is, anything else is written by {@link Json}. A status, content type, field
 * or query parameter that the document does not have fails the test.
 */
public final class ApiClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final ApiContract contract;
    private final Map<String, String> headers;

    ApiClient(ApiContract contract, Map<String, String> headers) {
        this.contract = contract;
        this.headers = Map.copyOf(headers);
    }

    /** Calls a server that a test has put together itself, at its base URL, with a key. */
    public static ApiClient at(String base, String key) {
        return new ApiClient(ApiContract.of(base), Map.of("Authorization", "Bearer " + key));
    }

    /** An answer; {@code json} is a missing node where the answer is no JSON. */
    public record Answer(int status, JsonNode json, String text, HttpResponse<byte[]> response) {

        /** A header, or null. */
        public @Nullable String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        /** The {@code code} of a problem, or null. */
        public @Nullable String code() {
            return json.path("code").asString(null);
        }
    }

    /** The same client with one more header, or another value of it. */
    public ApiClient with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new ApiClient(contract, more);
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    public Answer delete(String path, Object body) {
        return send("DELETE", path, body);
    }

    public Answer post(String path) {
        return send("POST", path, null);
    }

    public Answer post(String path, Object body) {
        return send("POST", path, body);
    }

    public Answer put(String path, Object body) {
        return send("PUT", path, body);
    }

    /** Any method; JSON unless a {@code Content-Type} was set with {@link #with}. Bytes are sent as they are. */
    public Answer send(String method, String path, @Nullable Object body) {
        byte[] bytes = bytes(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(contract.base() + path))
                .timeout(TIMEOUT)
                .method(method, publisher(bytes));
        headers.forEach(request::setHeader);
        if (bytes != null && !headers.containsKey("Content-Type")) {
            request.setHeader("Content-Type", "application/json");
        }
        Answer answer = answer(request.build());
        boolean isJson = !headers.containsKey("Content-Type");
        contract.check(method, path, bytes, isJson, answer);
        return answer;
    }

    private static Answer answer(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = HTTP.send(request, BodyHandlers.ofByteArray());
            String text = new String(response.body(), StandardCharsets.UTF_8);
            String type = response.headers().firstValue("Content-Type").orElse("");
            boolean isJson = type.startsWith("application/json") || type.startsWith("application/problem+json");
            JsonNode json = isJson && !text.isEmpty() ? Json.mapper().readTree(text) : MissingNode.getInstance();
            return new Answer(response.statusCode(), json, text, response);
        } catch (IOException e) {
            throw new AssertionError(request.method() + " " + request.uri() + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static byte @Nullable [] bytes(@Nullable Object body) {
        return switch (body) {
            case null -> null;
            case byte[] bytes -> bytes;
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            default -> Json.bytes(body);
        };
    }

    private static BodyPublisher publisher(byte @Nullable [] bytes) {
        return bytes == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes);
    }
}
