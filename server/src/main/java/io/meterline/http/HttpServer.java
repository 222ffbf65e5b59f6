package io.meterline.http;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.meterline.access.IdempotencyKeys;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

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
     * @throws ListenException when the port is in use or the host is not this machine's
     */
    public static HttpServer start(
            String host,
            int port,
            Routes routes,
            Authenticator authenticator,
            IdempotencyKeys keys,
            RequestObserver observer) {
        Dispatcher dispatcher = new Dispatcher(Router.of(routes.all()), authenticator, keys, observer);
        WebServer server = WebServer.builder()
                .address(address(host, port))
                .port(port)
                .shutdownHook(false)
                .shutdownGracePeriod(DRAIN)
                .maxConcurrentRequests(MAX_CONCURRENT_REQUESTS)
                .contentEncoding(new BodiesAsSent())
                .directHandlers(notHttp())
                .routing(HttpRouting.builder().any(dispatcher::dispatch))
                .build();
        // A listener that fails is logged there and no exception.
        if (!server.start().isRunning() || server.port() < 0) {
            throw new ListenException(host, port);
        }
        return new HttpServer(server);
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static InetAddress address(String host, int port) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new ListenException(host, port);
        }
    }

    private static DirectHandlers notHttp() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, new NotHttp());
        }
        return handlers.build();
    }
}
