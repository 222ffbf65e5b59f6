package io.meterline.loader;

import io.meterline.access.IdempotencyKeys;
import io.meterline.access.Principal;
import io.meterline.access.Scope;
import io.meterline.api.ConnectionRoutes;
import io.meterline.api.DocumentRoutes;
import io.meterline.api.LoaderRoutes;
import io.meterline.http.HttpOptions;
import io.meterline.http.HttpServer;
import io.meterline.http.Routes;
import io.meterline.testing.ApiClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.util.EnumSet;
import java.util.List;

/** The routes of connections and loaders on a real HTTP server, in front of a fixture. */
final class LoaderApi implements AutoCloseable {

    private final LoaderRoutes loaders;
    private final HttpServer http;
    private final ApiClient client;

    LoaderApi(LoaderFixture fixture) {
        loaders = new LoaderRoutes(fixture.loaders, fixture.previews, fixture.clock);
        Routes routes = new Routes();
        routes.add(new ConnectionRoutes(fixture.connections, List.of("192.0.2.7")))
                .add(loaders)
                .add(new DocumentRoutes(routes));
        http = HttpServer.start(
                HttpOptions.local(),
                routes,
                _ -> new Principal("key_1", null, LoaderFixture.LIVE, EnumSet.allOf(Scope.class), null),
                new IdempotencyKeys(fixture.database, fixture.clock),
                (_, _, _) -> {});
        client = ApiClient.at("http://127.0.0.1:" + http.port(), "any");
    }

    ApiClient client() {
        return client;
    }

    /** What a path answers, as it comes. */
    InputStream open(String path) throws IOException {
        URLConnection connection =
                URI.create("http://127.0.0.1:" + http.port() + path).toURL().openConnection();
        connection.setRequestProperty("Authorization", "Bearer any");
        return connection.getInputStream();
    }

    @Override
    public void close() {
        loaders.close();
        http.close();
    }
}
