package io.meterline.http;

import io.helidon.common.uri.UriQuery;
import io.meterline.access.IdempotencyKeys;
import io.meterline.access.Principal;
import io.meterline.access.Scope;
import java.util.Map;
import java.util.Optional;

/**
 * The API for callers in this process: the same routes, checks, answers and problems as over the network, without the
 * network. The console is one.
 */
public final class LocalApi {

    private final Router router;
    private final Answers answers;

    /**
     * Calls these routes.
     *
     * @param routes all that there will be; later ones are not seen
     */
    public LocalApi(Routes routes, IdempotencyKeys keys) {
        this.router = Router.of(routes.all());
        this.answers = Answers.of(routes, router, keys);
    }

    /**
     * Calls a route with the rights of a principal.
     *
     * @param target the path, encoded, and its query
     * @param headers such as {@code Idempotency-Key}
     * @param json the body, empty for none
     * @return the answer, a problem included
     */
    public Reply call(
            Principal principal,
            String requestId,
            String method,
            String target,
            Map<String, String> headers,
            byte[] json) {
        return answer(principal, requestId, method, target, new SentInside(target, headers, json));
    }

    /** POSTs a form to a route that takes one. It is read as it comes in, and never held whole. */
    public Reply upload(
            Principal principal, String requestId, String target, Map<String, String> headers, FormSource form) {
        return answer(principal, requestId, "POST", target, new FormInside(target, headers, form));
    }

    private Reply answer(Principal principal, String requestId, String method, String target, Sent sent) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        Optional<Router.Match> match = router.find(path);
        Optional<Route> route = match.flatMap(it -> it.path().route(method));
        if (route.isEmpty()) {
            return Problem.notFound(path);
        }
        return answers.answer(
                match.get(),
                route.get(),
                mark < 0 ? UriQuery.empty() : UriQuery.create(target.substring(mark + 1)),
                sent,
                () -> allowed(principal, route.get()),
                requestId);
    }

    private static Principal allowed(Principal principal, Route route) {
        Scope scope = route.scope();
        if (scope != null) {
            principal.require(scope);
        }
        return principal;
    }
}
