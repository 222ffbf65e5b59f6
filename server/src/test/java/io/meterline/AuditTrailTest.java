package io.meterline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.access.AuditActor;
import io.meterline.access.AuditChange;
import io.meterline.access.AuditEntry;
import io.meterline.access.AuditFilter;
import io.meterline.access.AuditLog;
import io.meterline.control.ControlDatabase;
import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import io.meterline.testing.ApiClient;
import io.meterline.testing.FileForm;
import io.meterline.testing.TestServer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers of the real server change is in its audit log. */
final class AuditTrailTest {

    private TestServer server;
    private ApiClient client;
    private ControlDatabase database;
    private AuditLog log;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = TestServer.start(folder);
        client = server.client();
        database = ControlDatabase.join(folder, 1, 10);
        log = new AuditLog(database, InstantSource.system());
    }

    @AfterEach
    void stop() {
        database.close();
        server.close();
    }

    private List<AuditChange> changes() {
        return log.list(AuditFilter.ALL, PageRequest.FIRST).data().stream()
                .map(AuditEntry::change)
                .toList();
    }

    @Test
    void whatAKeyChangesIsThereWithBeforeAndAfter() {
        String id = client.post("/v1/customers", Map.of("external_id", "ada", "name", "Ada"))
                .json()
                .path("id")
                .asString();
        client.put("/v1/customers/ada", Map.of("external_id", "ada", "name", "Countess"));

        AuditChange change = changes().getFirst();
        assertThat(change.actor().kind()).isEqualTo(AuditActor.Kind.KEY);
        assertThat(change.actor().id()).startsWith("key_");
        assertThat(change.environment()).isEqualTo(Environment.LIVE);
        assertThat(change.method()).isEqualTo("PUT");
        assertThat(change.path()).isEqualTo("/v1/customers/ada");
        assertThat(change.action()).isEqualTo("PUT /v1/customers/{id}");
        assertThat(change.target()).isEqualTo("ada");
        assertThat(change.requestId()).isNotBlank();
        assertThat(change.before()).contains("\"name\":\"Ada\"");
        assertThat(change.after()).contains("\"name\":\"Countess\"");

        AuditChange creation = changes().getLast();
        assertThat(creation.target()).isEqualTo(id);
        assertThat(creation.before()).isNull();
    }

    @Test
    void readsRefusalsAndEventsAreNoChanges() {
        client.get("/v1/customers");
        client.post("/v1/customers", Map.of("currency", "nothing"));
        client.post(
                "/v1/events",
                Map.of(
                        "customer_id",
                        "ada",
                        "event_type",
                        "call",
                        "timestamp",
                        "2026-01-05T21:56:52Z",
                        "record",
                        Map.of("id", 1)));
        assertThat(changes()).isEmpty();
    }

    @Test
    void whatSomebodyDoesByHandToEventsIsThere() {
        Map<String, Object> record = Map.of("id", 1);
        client.post(
                "/v1/events/batch",
                List.of(Map.of("customer_id", "ada", "event_type", "call", "timestamp", "soon", "record", record)));
        String id = client.get("/v1/events/rejected").json().at("/data/0/id").asString();
        client.post(
                "/v1/events/rejected/" + id + "/replay",
                Map.of(
                        "customer_id",
                        "ada",
                        "event_type",
                        "call",
                        "timestamp",
                        "2026-01-05T21:56:52Z",
                        "record",
                        record));
        client.with("Content-Type", FileForm.TYPE)
                .send(
                        "POST",
                        "/v1/imports",
                        new FileForm().file("file", "calls.ndjson", new byte[0]).bytes());

        assertThat(changes())
                .extracting(AuditChange::action)
                .containsExactly("POST /v1/imports", "POST /v1/events/rejected/{id}/replay");
        AuditChange replay = changes().getLast();
        assertThat(replay.target()).isEqualTo(id);
        assertThat(replay.before()).contains("invalid_timestamp");
        assertThat(replay.after()).contains("2026-01-05T21:56:52Z");
    }

    @Test
    void theSecretOfANewKeyIsNotThere() {
        String secret = client.post("/v1/api-keys", Map.of("name", "ci", "scopes", List.of("read")))
                .json()
                .path("key")
                .asString();
        assertThat(secret).startsWith("prod_");
        assertThat(changes()).hasSize(1);
        assertThat(changes().toString()).contains("ci").doesNotContain(secret);
    }

    @Test
    void whatAnErasureErasedIsNotThereEither() {
        client.post("/v1/customers", Map.of("external_id", "ada@example.com", "name", "Ada Lovelace"));
        client.put(
                "/v1/customers/ada%40example.com",
                Map.of("external_id", "ada@example.com", "name", "Countess Lovelace"));
        client.post("/v1/customers/ada%40example.com/erase");

        assertThat(changes())
                .extracting(AuditChange::path)
                .containsExactly("/v1/customers/erased/erase", "/v1/customers/erased", "/v1/customers");
        assertThat(changes().toString())
                .doesNotContain("Lovelace")
                .doesNotContain("ada@example.com")
                .doesNotContain("%40");
    }
}
