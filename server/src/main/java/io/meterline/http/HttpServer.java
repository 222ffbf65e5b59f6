package io.meterline.http;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.Method;
import io.helidon.http.PathMatchers;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The server: listens, finds the route and answers, each request on its own virtual thread.
 *
 * <p>Closing it stops listening, lets the requests that run end, and closes the connections.
 */
public final class HttpServer implements AutoCloseable {

    private static final Duration DRAIN = Duration.ofSeconds(20);
    private static final int MAX_CONCURRENT_REQUESTS = 2_000;

    private final WebServer server;

    private HttpServer(WebServer server) {
        this.server = server;
    }

    /**
     * Starts listening.
     *
     * @param port 0 for any free one
     */
    public static HttpServer start(
            String host, int port, Routes routes, Authenticator authenticator, RequestObserver observer) {
        Dispatcher dispatcher = new Dispatcher(authenticator, observer);
        WebServer server = WebServer.builder()
                .host(host)
                .port(port)
                .shutdownHook(false)
                .shutdownGracePeriod(DRAIN)
                .maxConcurrentRequests(MAX_CONCURRENT_REQUESTS)
                .contentEncoding(new BodiesAsSent())
                .directHandlers(notHttp())
                .routing(routing(routes, dispatcher))
                .build();
        return new HttpServer(server.start());
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    // Fixed parts go before {varying} ones, so that /v1/events/rejected is not taken for the event "rejected". Behind
    // the methods of a path stands the answer for all others.
    private static HttpRouting.Builder routing(Routes routes, Dispatcher dispatcher) {
        HttpRouting.Builder routing = HttpRouting.builder();
        Map<String, List<Route>> byPath = routes.all().stream().collect(Collectors.groupingBy(Route::path));
        byPath.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing((String path) -> path.replace('{', '\uffff'))))
                .forEach(entry -> route(entry.getKey(), entry.getValue(), dispatcher, routing));
        routing.any((request, response) ->
                dispatcher.send(Problem.notFound(request.prologue().uriPath().path()), request, response));
        return routing;
    }

    private static void route(String path, List<Route> routes, Dispatcher dispatcher, HttpRouting.Builder routing) {
        for (Route route : routes) {
            Method method = Method.create(route.method());
            routing.route(method, path, (request, response) -> dispatcher.dispatch(route, request, response));
            if (method.equals(Method.GET)) {
                routing.route(Method.HEAD, path, (request, response) -> dispatcher.dispatch(route, request, response));
            }
        }
        String allow = allow(routes);
        routing.route(
                Method.OPTIONS,
                path,
                (request, response) -> dispatcher.send(Reply.noContent().header("Allow", allow), request, response));
        routing.route(any -> true, PathMatchers.create(path), (request, response) -> {
            String method = request.prologue().method().text();
            dispatcher.send(Problem.methodNotAllowed(method, path, allow), request, response);
        });
    }

    private static String allow(List<Route> routes) {
        TreeSet<String> methods = routes.stream().map(Route::method).collect(Collectors.toCollection(TreeSet::new));
        methods.add("OPTIONS");
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return String.join(", ", methods);
    }

    private static DirectHandlers notHttp() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, new NotHttp());
        }
        return handlers.build();
    }
}
