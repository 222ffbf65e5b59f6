package io.meterline.console;

import io.meterline.access.Principal;
import io.meterline.http.Call;
import io.meterline.http.FormParts;
import io.meterline.http.Json;
import io.meterline.http.LocalApi;
import io.meterline.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/**
 * The API as one person sees it in one environment. Answers are read as records of the caller's, which need not have every
 * field. What the API refuses is an {@link ApiFault}.
 */
public final class Api {

    private static final byte[] NOTHING = {};

    private final LocalApi api;
    private final Principal principal;
    private final String requestId;

    Api(LocalApi api, Principal principal, String requestId) {
        this.api = api;
        this.principal = principal;
        this.requestId = requestId;
    }

    /** A text as part of a path or as the value of a query parameter. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Reads a resource. */
    public <T> T get(String target, Class<T> type) {
        return read(checked(call("GET", target, Map.of(), NOTHING)), type);
    }

    /** Reads a resource that may not be there. */
    public <T> Optional<T> find(String target, Class<T> type) {
        try {
            return Optional.of(get(target, type));
        } catch (ApiFault e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Reads a resource as it is, to show it or to change parts of it. */
    public JsonNode json(String target) {
        return Json.mapper()
                .readTree(checked(call("GET", target, Map.of(), NOTHING)).bytes());
    }

    public <T> T post(String target, Object body, Class<T> type) {
        return read(send("POST", target, body), type);
    }

    /** A POST without a body, such as {@code /pause}. */
    public Reply post(String target) {
        return checked(call("POST", target, Map.of(), NOTHING));
    }

    /**
     * Makes something once, however often the form is sent.
     *
     * @param formId of the form that asks for it
     */
    public <T> T create(String target, Object body, String formId, Class<T> type) {
        return read(checked(call("POST", target, Map.of("Idempotency-Key", formId), Json.bytes(body))), type);
    }

    /**
     * Sends the form of this request on, as it comes in; fields that were left empty are left out.
     *
     * @param formId as of {@link #create}
     */
    public <T> T upload(String target, Call call, String formId, Class<T> type) {
        Map<String, String> headers = formId.isEmpty() ? Map.of() : Map.of("Idempotency-Key", formId);
        return read(
                checked(api.upload(principal, requestId, target, headers, parts -> call.form(new Filled(parts)))),
                type);
    }

    // A browser sends what nobody filled in, too.
    private record Filled(FormParts parts) implements FormParts {

        @Override
        public void field(String name, String value) {
            if (!value.isBlank()) {
                parts.field(name, value.strip());
            }
        }

        @Override
        public void file(String name, String fileName, InputStream content) throws IOException {
            if (!fileName.isEmpty()) {
                parts.file(name, fileName, content);
            }
        }
    }

    public <T> T put(String target, Object body, Class<T> type) {
        return read(send("PUT", target, body), type);
    }

    public void delete(String target) {
        checked(call("DELETE", target, Map.of(), NOTHING));
    }

    public <T> T delete(String target, Object body, Class<T> type) {
        return read(send("DELETE", target, body), type);
    }

    /** The answer as the API gives it, to be handed on: a file, a stream, a problem. */
    public Reply answer(String method, String target) {
        return call(method, target, Map.of(), NOTHING);
    }

    private Reply send(String method, String target, Object body) {
        return checked(call(method, target, Map.of(), Json.bytes(body)));
    }

    private Reply call(String method, String target, Map<String, String> headers, byte[] json) {
        return api.call(principal, requestId, method, target, headers, json);
    }

    private static Reply checked(Reply reply) {
        if (reply.status() >= 400) {
            throw new ApiFault(read(reply, ApiFault.Problem.class));
        }
        return reply;
    }

    private static <T> T read(Reply reply, Class<T> type) {
        ObjectReader reader = Json.mapper().readerFor(type).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        return reader.readValue(reply.bytes());
    }
}
