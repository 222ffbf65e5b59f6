package io.meterline.http;

import io.helidon.common.uri.UriQuery;
import io.helidon.webserver.CloseConnectionException;
import io.meterline.access.IdempotencyKeys;
import io.meterline.access.Principal;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the handler of a route, wherever the call came from, and has an answer whatever happens. */
final class Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final Idempotency idempotency;
    private final Runnable beforeWriting;
    private final Changes changes;

    private Answers(Idempotency idempotency, Runnable beforeWriting, Changes changes) {
        this.idempotency = idempotency;
        this.beforeWriting = beforeWriting;
        this.changes = changes;
    }

    static Answers of(Routes routes, Router router, IdempotencyKeys keys) {
        Idempotency idempotency = new Idempotency(keys);
        return new Answers(
                idempotency, routes.beforeWriting(), new Changes(router, idempotency, routes.changeObserver()));
    }

    /**
     * The answer of a route.
     *
     * @param principal who calls, null for an open route; what it throws is the answer
     */
    Reply answer(
            Router.Match match,
            Route route,
            UriQuery query,
            Sent sent,
            Supplier<@Nullable Principal> principal,
            String requestId) {
        try {
            Principal caller = principal.get();
            if (route.writes()) {
                beforeWriting.run();
            }
            Query parameters = Query.of(query, route.parameters());
            Call call = new Call(sent, requestId, match.parameters(), parameters, caller, idempotency);
            return changes.watch(route, call, () -> handle(route, call));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Problem.of(e, requestId);
        } catch (CloseConnectionException e) {
            throw e;
        } catch (Exception | StackOverflowError e) {
            Throwable cause = cause(e);
            if (Problem.isOurs(cause)) {
                LOG.error("{} {} failed", route.method(), route.path(), e);
            }
            return Problem.of(cause, requestId);
        }
    }

    private Reply handle(Route route, Call call) throws Exception {
        return route.takesIdempotencyKey() && !route.isForm()
                ? idempotency.answer(route, call)
                : route.handler().handle(call);
    }

    // Futures wrap what their work threw.
    private static Throwable cause(Throwable e) {
        boolean wraps = e instanceof CompletionException || e instanceof ExecutionException;
        return wraps && e.getCause() != null ? cause(e.getCause()) : e;
    }
}
