package io.meterline.http;

import io.meterline.access.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The routes of the server, each registered by the class that answers it. */
public final class Routes {

    private final List<Route> routes = new ArrayList<>();
    private final Set<String> fragments = new LinkedHashSet<>();
    private Runnable beforeWriting = () -> {};
    private @Nullable ChangeObserver changeObserver;

    /** A class that answers some routes. */
    public interface Source {
        void register(Routes routes);
    }

    public Routes add(Source source) {
        source.register(this);
        return this;
    }

    public Route get(String path, Scope scope, Handler handler) {
        return add("GET", path, scope, handler);
    }

    /** An {@code Idempotency-Key} is honoured unless {@link Route#withoutIdempotencyKey()} is called. */
    public Route post(String path, Scope scope, Handler handler) {
        return add("POST", path, scope, handler);
    }

    public Route put(String path, Scope scope, Handler handler) {
        return add("PUT", path, scope, handler);
    }

    public Route delete(String path, Scope scope, Handler handler) {
        return add("DELETE", path, scope, handler);
    }

    /** A GET that needs no key. */
    public Route open(String path, Handler handler) {
        return add("GET", path, null, handler);
    }

    /** A POST that needs no key: its handler finds out who calls. */
    public Route openPost(String path, Handler handler) {
        return add("POST", path, null, handler);
    }

    /**
     * Names the part of the API document that describes the routes of a source.
     *
     * @param fragment the file {@code openapi/paths/<fragment>.yaml}
     */
    public Routes describedIn(String fragment) {
        fragments.add(fragment);
        return this;
    }

    /** The fragments of the API document, each once. */
    public Set<String> fragments() {
        return Collections.unmodifiableSet(fragments);
    }

    /** Says what is done before each call that makes something; what it throws is the answer. */
    public Routes beforeWriting(Runnable check) {
        beforeWriting = check;
        return this;
    }

    Runnable beforeWriting() {
        return beforeWriting;
    }

    /** Says who is told of what callers change. */
    public Routes tellingOfChanges(ChangeObserver observer) {
        changeObserver = observer;
        return this;
    }

    @Nullable
    ChangeObserver changeObserver() {
        return changeObserver;
    }

    /** These routes and others, under the rules of these. */
    public Routes alongside(Routes others) {
        Routes both = new Routes().beforeWriting(beforeWriting);
        both.changeObserver = changeObserver;
        both.routes.addAll(routes);
        both.routes.addAll(others.routes);
        return both;
    }

    /** In the order of registration. */
    public List<Route> all() {
        return List.copyOf(routes);
    }

    private Route add(String method, String path, @Nullable Scope scope, Handler handler) {
        for (Route route : routes) {
            if (route.method().equals(method) && route.path().equals(path)) {
                throw new IllegalArgumentException(method + " " + path + " is registered twice");
            }
        }
        Route route = new Route(method, path, scope, handler);
        routes.add(route);
        return route;
    }
}
