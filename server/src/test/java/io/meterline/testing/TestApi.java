package io.meterline.testing;

import io.meterline.access.ApiKeys;
import io.meterline.access.IdempotencyKeys;
import io.meterline.api.DocumentRoutes;
import io.meterline.config.Settings;
import io.meterline.control.ControlDatabase;
import io.meterline.event.Environment;
import io.meterline.http.HttpOptions;
import io.meterline.http.HttpServer;
import io.meterline.http.Routes;
import java.time.InstantSource;
import java.util.Map;

/** Some routes on a real HTTP server, with the two keys of {@link TestServer}, whatever the rest of the server is. */
public final class TestApi implements AutoCloseable {

    private final HttpServer http;
    private final ApiContract contract;

    private TestApi(HttpServer http) {
        this.http = http;
        this.contract = ApiContract.of("http://127.0.0.1:" + http.port());
    }

    /** Serves the routes of a source; keys and idempotency come from the database. */
    public static TestApi start(ControlDatabase database, InstantSource clock, Routes.Source source) {
        ApiKeys keys = new ApiKeys(database, clock);
        var _ = keys.bootstrap(new Settings.Bootstrap(TestServer.LIVE_KEY, TestServer.TEST_KEY));
        Routes routes = new Routes();
        routes.add(source).add(new DocumentRoutes(routes));
        return new TestApi(HttpServer.start(
                HttpOptions.local(),
                routes,
                keys::authenticate,
                new IdempotencyKeys(database, clock),
                (route, status, nanos) -> {}));
    }

    /** Calls with the key of an environment. */
    public ApiClient client(Environment environment) {
        String key = switch (environment) {
            case LIVE -> TestServer.LIVE_KEY;
            case TEST -> TestServer.TEST_KEY;
        };
        return new ApiClient(contract, Map.of("Authorization", "Bearer " + key));
    }

    @Override
    public void close() {
        http.close();
    }
}
