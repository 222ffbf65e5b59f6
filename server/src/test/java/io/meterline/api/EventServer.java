package io.meterline.api;

import io.meterline.access.EnvironmentSettings;
import io.meterline.access.RateLimiter;
import io.meterline.control.ControlDatabase;
import io.meterline.customer.CustomerDirectory;
import io.meterline.event.Environment;
import io.meterline.ingest.CustomerResolver;
import io.meterline.ingest.Ingest;
import io.meterline.ingest.IngestRules;
import io.meterline.ingest.RejectedEvents;
import io.meterline.store.ReferenceEventStore;
import io.meterline.testing.ApiClient;
import io.meterline.testing.TestApi;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Events and customers on the reference store, over HTTP. */
abstract class EventServer {

    @TempDir
    Path folder;

    Instant now = Instant.parse("2026-02-01T00:00:00Z");
    ControlDatabase database;
    CustomerDirectory customers;
    TestApi server;
    ApiClient live;
    ApiClient test;

    @BeforeEach
    void start() {
        database = ControlDatabase.open(folder, 2, 1_000);
        customers = new CustomerDirectory(database, () -> now);
        ReferenceEventStore store = new ReferenceEventStore(() -> now);
        RejectedEvents rejected = new RejectedEvents(database, () -> now, Duration.ofDays(30), 1_000);
        EnvironmentSettings settings =
                new EnvironmentSettings(EnvironmentSettings.ExcessDigits.REJECT, Duration.ofDays(1), true);
        Ingest ingest =
                new Ingest(store, CustomerResolver.of(customers), rejected, () -> now, _ -> IngestRules.of(settings));
        server = TestApi.start(
                database, () -> now, new EventApi(ingest, store, customers, rejected, new RateLimiter(() -> now)));
        live = server.client(Environment.LIVE);
        test = server.client(Environment.TEST);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    JsonNode record(String id) {
        return live.get("/v1/events/" + id).json().path("record");
    }

    static String event(int id) {
        return event("acme", "2026-01-05T21:56:52Z", "{\"id\":" + id + ",\"amount\":1.5}");
    }

    static String event(String customer, String timestamp, String record) {
        return "{\"customer_id\":\"" + customer + "\",\"event_type\":\"tx\",\"timestamp\":\"" + timestamp
                + "\",\"record\":" + record + "}";
    }
}
