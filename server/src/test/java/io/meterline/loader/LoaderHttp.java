package io.meterline.loader;

import io.meterline.testing.ApiClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The routes of connections and loaders beside a source database. */
abstract class LoaderHttp {

    static final String QUERY =
            "select g as id, 'a' as \"customerId\", date '2026-01-01' as timestamp, g * 0.1 as amount, array[g] as tags,"
                    + " null as nothing, g > 1 as big from generate_series(1, 7) g";

    @TempDir
    Path folder = Path.of("");

    LoaderFixture fixture;
    LoaderApi api;
    ApiClient client;

    @BeforeEach
    void open() {
        fixture = new LoaderFixture(folder);
        api = new LoaderApi(fixture);
        client = api.client();
    }

    @AfterEach
    void close() {
        api.close();
        fixture.close();
    }

    static Map<String, @Nullable Object> loader(String connection, Map<String, Object> changes) {
        Map<String, @Nullable Object> body = new HashMap<>(
                Map.of("name", "orders", "connection_id", connection, "event_type", "orders", "query", QUERY));
        body.putAll(changes);
        return body;
    }
}
