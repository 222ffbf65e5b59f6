package io.meterline.http;

import io.meterline.access.Principal;
import io.meterline.access.Scope;
import io.meterline.event.Environment;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request, as a handler sees it. */
public final class Call {

    private final Sent sent;
    private final String requestId;
    private final Map<String, String> parameters;
    private final Query query;
    private final @Nullable Principal principal;
    private final Idempotency idempotency;
    private @Nullable Body body;

    Call(
            Sent sent,
            String requestId,
            Map<String, String> parameters,
            Query query,
            @Nullable Principal principal,
            Idempotency idempotency) {
        this.sent = sent;
        this.requestId = requestId;
        this.parameters = parameters;
        this.query = query;
        this.principal = principal;
        this.idempotency = idempotency;
    }

    /** Who calls. Routes without authentication have no caller and must not ask. */
    public Principal principal() {
        if (principal == null) {
            throw new IllegalStateException("this route is open and has no caller");
        }
        return principal;
    }

    /** The environment of the caller's key. */
    public Environment environment() {
        return principal().environment();
    }

    /** The part of the path at {@code {name}}, decoded. */
    public String path(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the path of this route has no {" + name + "}");
        }
        return value;
    }

    public Query query() {
        return query;
    }

    public Optional<String> header(String name) {
        return sent.header(name);
    }

    /** The IP address that the call came from; that of a proxy when there is one. */
    public String caller() {
        return sent.caller();
    }

    /** The path and query as they were sent. */
    public String target() {
        return sent.target();
    }

    /** Appears in the log, in the answer's {@code X-Request-Id}, and in 500 problems. */
    public String requestId() {
        return requestId;
    }

    /** Reads a JSON body of up to {@link Body#MAX_JSON_BYTES} as one document. */
    public <T> T json(Class<T> type) {
        return Json.read(body(Body.MAX_JSON_BYTES, Body.JSON).bytes(), type);
    }

    /** Whether the caller's key has a scope beyond the one that the route asks for. */
    public boolean may(Scope scope) {
        return principal().may(scope);
    }

    /** Whether anything was sent. */
    public boolean hasBody() {
        return sent.hasBody();
    }

    /** Like {@link #json}, for routes whose body may be left out: empty when nothing was sent. */
    public <T> Optional<T> optionalJson(Class<T> type) {
        return hasBody() ? Optional.of(json(type)) : Optional.empty();
    }

    /**
     * The body as it is, unpacked; read at the first call.
     *
     * @param maxBytes of the unpacked body
     * @param accepted media types, in lower case
     */
    public Body body(int maxBytes, String... accepted) {
        Body read = body;
        if (read == null) {
            read = sent.body(maxBytes, List.of(accepted));
            body = read;
        }
        return read;
    }

    /** The fields of a form of a page: {@code application/x-www-form-urlencoded}, up to {@link Fields#MAX_BYTES}. */
    public Fields fields() {
        return Fields.of(body(Fields.MAX_BYTES, Fields.MEDIA_TYPE).bytes());
    }

    /** A cookie by its name. */
    public Optional<String> cookie(String name) {
        return header("Cookie").flatMap(sent -> Cookies.find(sent, name));
    }

    /**
     * Hands the parts of a {@code multipart/form-data} body over, in the order sent. Throws {@code RuleException}: 415
     * for other bodies, 400 {@code invalid_form} and {@code body_incomplete}, and whatever the parts throw.
     */
    public void form(FormParts parts) throws IOException {
        sent.form(parts);
    }

    /**
     * Runs the work of a request with an {@code Idempotency-Key} once, and gives its answer again when it comes again; any
     * number of times without the header. For routes that {@link Route#takesForm}.
     *
     * @param digest of all that was sent
     */
    public Reply once(byte[] digest, Supplier<Reply> work) {
        return idempotency.answer(this, digest, work);
    }
}
