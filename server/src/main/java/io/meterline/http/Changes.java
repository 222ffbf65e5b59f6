package io.meterline.http;

import io.meterline.event.RuleException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees what a call changed by reading the thing before and after, with the GET route of the same thing: {@code PUT
 * /v1/products/{id}} and {@code POST /v1/loaders/{id}/pause} are looked at through {@code GET /v1/products/{id}} and
 * {@code GET /v1/loaders/{id}}. So nothing reaches the log that a reader of the API may not see.
 */
final class Changes {

    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

    private final Router router;
    private final Idempotency idempotency;
    private final @Nullable ChangeObserver observer;

    Changes(Router router, Idempotency idempotency, @Nullable ChangeObserver observer) {
        this.router = router;
        this.idempotency = idempotency;
        this.observer = observer;
    }

    /** Answers a call, and tells the observer when it changed something. */
    Reply watch(Route route, Call call, Callable<Reply> work) throws Exception {
        ChangeObserver told = observer;
        if (told == null || !route.changes()) {
            return work.call();
        }
        String path = path(call);
        Optional<String> subject = subject(route, path);
        String before = subject.isPresent() ? read(subject.get(), call) : asked(route, call);
        Reply reply = work.call();
        if (reply.status() < 300 && !reply.headers().containsKey(Idempotency.REPLAYED)) {
            String now = subject.isPresent() ? read(subject.get(), call) : null;
            String after = now == null ? text(reply) : now;
            tell(
                    told,
                    new Change(
                            call.principal(),
                            call.requestId(),
                            route.method() + " " + route.path(),
                            path,
                            before,
                            after));
        }
        return reply;
    }

    // The change is made: that it could not be written down must not make the caller repeat it.
    private static void tell(ChangeObserver observer, Change change) {
        try {
            observer.changed(change);
        } catch (RuntimeException e) {
            LOG.error("{} of {} was done and is missing in the audit log", change.route(), change.requestId(), e);
        }
    }

    private static String path(Call call) {
        String target = call.target();
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** Where the thing is read that a call changes; empty for new things and for lists. */
    private static Optional<String> subject(Route route, String path) {
        boolean named = route.path().endsWith("}");
        return switch (route.method()) {
            case "PUT" -> Optional.of(path);
            case "DELETE" -> named ? Optional.of(path) : action(route, path);
            default -> action(route, path);
        };
    }

    private static Optional<String> action(Route route, String path) {
        int last = route.path().lastIndexOf('/');
        boolean ofOneThing = last > 0 && route.path().charAt(last - 1) == '}';
        return ofOneThing ? Optional.of(path.substring(0, path.lastIndexOf('/'))) : Optional.empty();
    }

    private @Nullable String read(String path, Call call) throws Exception {
        Optional<Router.Match> match = router.find(path);
        Optional<Route> route = match.flatMap(it -> it.path().route("GET"));
        if (route.isEmpty()) {
            return null;
        }
        Call reading = new Call(
                new SentInside(path, Map.of(), new byte[0]),
                call.requestId(),
                match.get().parameters(),
                Query.NONE,
                call.principal(),
                idempotency);
        try {
            return text(route.get().handler().handle(reading));
        } catch (RuleException e) {
            return null; // It is not there: not yet, or not any more.
        }
    }

    // What a list of things is to lose.
    private static @Nullable String asked(Route route, Call call) {
        if (!route.method().equals("DELETE") || !call.hasBody()) {
            return null;
        }
        return new String(call.body(Body.MAX_JSON_BYTES, Body.JSON).bytes(), StandardCharsets.UTF_8);
    }

    private static @Nullable String text(Reply reply) {
        return reply.kept() instanceof Reply.Content.Bytes bytes && bytes.type().equals(Body.JSON)
                ? new String(bytes.bytes(), StandardCharsets.UTF_8)
                : null;
    }
}
