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
    private static final Duration BODY_PATIENCE = Duration.ofSeconds(2);
    private static final int MAX_CONCURRENT_REQUESTS = 2_000;

    private final WebServer server;
    private final SlowCallers slowCallers;

    private HttpServer(WebServer server, SlowCallers slowCallers) {
        this.server = server;
        this.slowCallers = slowCallers;
    }

    /**
     * Starts listening.
     *
     * @throws ListenException when the port is in use or the host is not this machine's
     */
    public static HttpServer start(
            HttpOptions options,
            Routes routes,
            Authenticator authenticator,
            IdempotencyKeys keys,
            RequestObserver observer) {
        SlowCallers slowCallers = new SlowCallers(options);
        Router router = Router.of(routes.all());
        Dispatcher dispatcher = new Dispatcher(
                router,
                Answers.of(routes, router, keys),
                authenticator,
                observer,
                slowCallers,
                new BodyMemory(options.bodyMemoryBytes(), BODY_PATIENCE));
        WebServer server = WebServer.builder()
                .address(address(options.host(), options.port()))
                .port(options.port())
                .shutdownHook(false)
                .shutdownGracePeriod(DRAIN)
                .maxTcpConnections(options.connections())
                .connectionOptions(new WatchedSockets(slowCallers))
                .maxConcurrentRequests(MAX_CONCURRENT_REQUESTS)
                .contentEncoding(new BodiesAsSent())
                .directHandlers(notHttp())
                .routing(HttpRouting.builder().any(dispatcher::dispatch))
                .build();
        // A listener that fails is logged there and no exception.
        if (!server.start().isRunning() || server.port() < 0) {
            slowCallers.close();
            throw new ListenException(options.host(), options.port());
        }
        return new HttpServer(server, slowCallers);
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
        slowCallers.close();
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
