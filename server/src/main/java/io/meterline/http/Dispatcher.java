package io.meterline.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.meterline.access.Principal;
import io.meterline.access.Scope;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Takes a request through what every route owes: a request id, authentication, parameters, and an answer whatever happens. */
final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final String BEARER = "Bearer ";

    private final Router router;
    private final Authenticator authenticator;
    private final RequestObserver observer;
    private final SlowCallers slowCallers;
    private final Answers answers;
    private final BodyMemory bodies;

    Dispatcher(
            Router router,
            Answers answers,
            Authenticator authenticator,
            RequestObserver observer,
            SlowCallers slowCallers,
            BodyMemory bodies) {
        this.router = router;
        this.answers = answers;
        this.authenticator = authenticator;
        this.observer = observer;
        this.slowCallers = slowCallers;
        this.bodies = bodies;
    }

    void dispatch(ServerRequest request, ServerResponse response) {
        SocketAddress caller = request.remotePeer().address();
        slowCallers.begins(caller);
        try {
            identified(request, response);
        } finally {
            slowCallers.ended(caller);
        }
    }

    private void identified(ServerRequest request, ServerResponse response) {
        String requestId = RequestId.of(request);
        MDC.put("request_id", requestId);
        try {
            String path = request.prologue().uriPath().rawPath();
            Optional<Router.Match> match = router.find(path);
            if (match.isEmpty()) {
                send(Problem.notFound(path), requestId, request, response);
            } else {
                dispatch(match.get(), requestId, request, response);
            }
        } finally {
            MDC.remove("request_id");
        }
    }

    private void dispatch(Router.Match match, String requestId, ServerRequest request, ServerResponse response) {
        String method = request.prologue().method().text();
        Router.Path path = match.path();
        Optional<Route> route = path.route(method);
        if (route.isPresent()) {
            long started = System.nanoTime();
            // An answer may hold parts of the body until it is sent.
            try (BodyMemory.Share memory = bodies.share()) {
                Sent sent = new SentOverHttp(request, slowCallers, memory);
                Reply reply = answers.answer(
                        match, route.get(), request.query(), sent, () -> principal(route.get(), request), requestId);
                send(reply, requestId, request, response);
                observer.answered(route.get(), reply.status(), System.nanoTime() - started);
            }
        } else if (method.equals("OPTIONS")) {
            send(Reply.noContent().header("Allow", path.allow()), requestId, request, response);
        } else {
            send(Problem.methodNotAllowed(method, path.text(), path.allow()), requestId, request, response);
        }
    }

    private @Nullable Principal principal(Route route, ServerRequest request) {
        Scope scope = route.scope();
        if (scope == null) {
            return null;
        }
        String authorization =
                request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new RuleException(
                    Kind.UNAUTHENTICATED,
                    "unauthenticated",
                    "Send an API key in the header 'Authorization: Bearer <key>'.");
        }
        Principal principal = authenticator.authenticate(
                authorization.substring(BEARER.length()).strip());
        principal.require(scope);
        return principal;
    }

    private static void send(Reply reply, String requestId, ServerRequest request, ServerResponse response) {
        response.status(Status.create(reply.status()));
        response.header("X-Request-Id", requestId);
        SecurityHeaders.ALWAYS.forEach(response::header);
        reply.headers().forEach(response::header);
        if (mustClose(reply, request)) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        switch (reply.content()) {
            case Reply.Content.Bytes content -> sendBytes(content, request, response);
            case Reply.Content.Stream content -> sendStream(content, request, response);
        }
    }

    // What is left of a refused body is read where it is not much more than what might have been taken: a caller who is
    // still
    // sending when the connection ends does not see the answer. Else the connection ends here.
    private static boolean mustClose(Reply reply, ServerRequest request) {
        return reply.status() >= 400
                && request.content().hasEntity()
                && !request.content().consumed()
                && request.headers().contentLength().orElse(Long.MAX_VALUE) > 2L * Body.MAX_NDJSON_BYTES;
    }

    private static void sendBytes(Reply.Content.Bytes content, ServerRequest request, ServerResponse response) {
        if (content.bytes().length == 0) {
            response.send();
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, content.type());
        if (isHead(request)) {
            response.contentLength(content.bytes().length);
            response.send();
        } else {
            response.send(content.bytes());
        }
    }

    private static void sendStream(Reply.Content.Stream content, ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, content.type());
        try {
            if (isHead(request)) {
                content.writer().skip();
                response.send();
                return;
            }
            // Closing it says that the content is complete, so a failure leaves it open and cuts the connection.
            OutputStream out = response.outputStream();
            content.writer().write(out);
            out.close();
        } catch (IOException | UncheckedIOException | ServerConnectionException e) {
            throw new CloseConnectionException("the caller went away", e);
        } catch (RuntimeException e) {
            LOG.error("a streamed answer broke off", e);
            throw new CloseConnectionException("the answer broke off", e);
        }
    }

    private static boolean isHead(ServerRequest request) {
        return request.prologue().method().equals(Method.HEAD);
    }
}
