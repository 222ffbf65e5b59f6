package io.meterline.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Violation;
import io.meterline.store.OverloadedException;
import io.meterline.store.StoreFailedException;
import java.util.List;
import java.util.Map;

/**
 * What went wrong, as the caller sees it (RFC 9457). The one place where exceptions become HTTP.
 *
 * @param detail what to do about it; {@code message} in the JSON is the same
 * @param code stable and snake_case
 * @param more further members, such as the items that failed
 */
@JsonPropertyOrder({"type", "title", "status", "detail", "message", "code", "errors"})
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        List<Violation> errors,
        @JsonAnyGetter Map<String, Object> more) {

    static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "urn:meterline:problem:";
    private static final String RETRY_SECONDS = "1";

    private Problem(int status, String code, String detail) {
        this(status, code, detail, List.of(), Map.of());
    }

    private Problem(int status, String code, String detail, List<Violation> errors, Map<String, Object> more) {
        this(TYPE_PREFIX + code, title(status), status, detail, code, errors, more);
    }

    /** The same as {@code detail}, for clients that look for a message. */
    @JsonProperty
    public String message() {
        return detail;
    }

    /** The answer to something that the caller did wrong. */
    public static Reply reply(RuleException e) {
        return reply(e, Map.of());
    }

    /** The same with further members beside the usual ones. */
    public static Reply reply(RuleException e, Map<String, Object> more) {
        int status = status(e.kind());
        Reply reply = new Problem(status, e.code(), e.sentence(), e.violations(), more).reply();
        return switch (e.kind()) {
            case UNAUTHENTICATED -> reply.header("WWW-Authenticate", "Bearer realm=\"meterline\"");
            case OVERLOADED -> reply.header("Retry-After", RETRY_SECONDS);
            case INVALID, FORBIDDEN, NOT_FOUND, CONFLICT, TOO_LARGE, UNSUPPORTED, UNPROCESSABLE, RATE_LIMITED -> reply;
        };
    }

    /** The answer to any exception. Ours (500, 503 for a failed store) are for the caller to log. */
    static Reply of(Throwable e, String requestId) {
        return switch (e) {
            case RuleException rule -> reply(rule);
            case OverloadedException full -> overloaded(full);
            case StoreFailedException failed ->
                retryLater("store_unavailable", "Events cannot be stored or read at the moment; try again.");
            case HttpException http
            when isTheCallers(http) -> ofTransport(http.status().code()).reply();
            case RequestException transport
            when isTheCallers(transport) -> ofTransport(400).reply();
            default ->
                new Problem(
                                500,
                                "internal_error",
                                "Something failed on our side; the log says more under request " + requestId + ".")
                        .reply();
        };
    }

    private static Reply overloaded(OverloadedException e) {
        return switch (e.reason()) {
            case BUSY ->
                retryLater(e.reason().code(), "The server has as much work as it can queue; try again in a second.");
            case DISK_FULL, UNAVAILABLE -> retryLater(e.reason().code(), e.sentence());
        };
    }

    /** True when the exception is not the caller's doing and the log must say what happened. */
    static boolean isOurs(Throwable e) {
        return switch (e) {
            case RuleException _, OverloadedException _ -> false;
            case HttpException http -> !isTheCallers(http);
            case RequestException transport -> !isTheCallers(transport);
            default -> true;
        };
    }

    // What the library finds wrong with a header or a chunk when it is asked for.
    private static boolean isTheCallers(HttpException e) {
        return e.status().code() < 500;
    }

    private static boolean isTheCallers(RequestException e) {
        return e.status().code() < 500;
    }

    static Reply notFound(String path) {
        return new Problem(404, "not_found", "There is nothing at " + path + "; /docs lists what there is.").reply();
    }

    static Reply methodNotAllowed(String method, String path, String allow) {
        return new Problem(
                        405,
                        "method_not_allowed",
                        method + " is not possible on " + path + "; possible: " + allow + ".")
                .reply()
                .header("Allow", allow);
    }

    /** For requests that are no proper HTTP or too many at once, which never reach a route. */
    static Problem ofTransport(int status) {
        return switch (status) {
            case 503 -> new Problem(503, "overloaded", "Too many requests at once; try again in a second.");
            case 413 -> new Problem(413, "body_too_large", "The body is too large.");
            case 500 -> new Problem(500, "internal_error", "Something failed on our side.");
            default -> new Problem(status, "bad_request", "This is not a proper HTTP request.");
        };
    }

    private static Reply retryLater(String code, String detail) {
        return new Problem(503, code, detail).reply().header("Retry-After", RETRY_SECONDS);
    }

    private Reply reply() {
        return Reply.bytes(status, MEDIA_TYPE, Json.bytes(this));
    }

    private static int status(RuleException.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case UNSUPPORTED -> 415;
            case UNPROCESSABLE -> 422;
            case RATE_LIMITED -> 429;
            case OVERLOADED -> 503;
        };
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad request";
            case 401 -> "Not authenticated";
            case 403 -> "Forbidden";
            case 404 -> "Not found";
            case 405 -> "Method not allowed";
            case 409 -> "Conflict";
            case 413 -> "Too large";
            case 415 -> "Unsupported media type";
            case 422 -> "Breaks a rule";
            case 429 -> "Too many requests";
            case 500 -> "Internal error";
            case 503 -> "Not available";
            default -> "Error";
        };
    }
}
