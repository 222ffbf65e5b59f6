package io.meterline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.access.AuditActor;
import io.meterline.access.AuditChange;
import io.meterline.access.AuditEntry;
import io.meterline.access.AuditFilter;
import io.meterline.access.AuditLog;
import io.meterline.control.ControlDatabase;
import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import io.meterline.http.Json;
import io.meterline.testing.ApiClient;
import io.meterline.testing.ApiClient.Answer;
import io.meterline.testing.TestServer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Export and erasure on the real server. */
final class PersonalDataTest {

    @TempDir
    Path data;

    private TestServer server;
    private ApiClient client;

    @BeforeEach
    void start() {
        server = TestServer.start(data);
        client = server.client();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void push(String customer, int count) {
        List<Map<String, Object>> events = IntStream.range(0, count)
                .mapToObj(i -> Map.<String, Object>of(
                        "customer_id",
                        customer,
                        "event_type",
                        "call",
                        "timestamp",
                        "2026-01-05T21:56:52Z",
                        "record",
                        Map.of("id", customer + i, "note", "from " + customer)))
                .toList();
        assertThat(client.post("/v1/events/batch", events).status()).isEqualTo(201);
    }

    private void pushInvalid(String customer) {
        Map<String, Object> event = Map.of(
                "customer_id", customer, "event_type", "call", "timestamp", "ACTIVE_DATE", "record", Map.of("id", 1));
        assertThat(client.post("/v1/events", event).status()).isEqualTo(400);
    }

    private List<JsonNode> export(String customer) {
        Answer answer = client.get("/v1/customers/" + customer + "/export");
        assertThat(answer.status()).isEqualTo(200);
        return answer.text().lines().map(line -> Json.mapper().readTree(line)).toList();
    }

    private static long count(List<JsonNode> lines, String type) {
        return lines.stream()
                .filter(line -> line.path("type").asString().equals(type)
                        && line.path(type).isObject())
                .count();
    }

    @Test
    void anExportHoldsEverythingOfOneCustomerAndNothingOfOthers() {
        push("ada", 1_200);
        push("bob", 3);
        pushInvalid("ada");
        client.post("/v1/customers/bob/merge", Map.of("into", "ada"));
        push("eve", 2);

        List<JsonNode> lines = export("ada");

        assertThat(count(lines, "customer")).isEqualTo(1);
        assertThat(count(lines, "merged_customer")).isEqualTo(1);
        assertThat(count(lines, "event")).isEqualTo(1_203);
        assertThat(count(lines, "rejected_event")).isEqualTo(1);
        assertThat(lines.toString()).doesNotContain("from eve");
    }

    @Test
    void anErasureLeavesNothingBehindAndOthersAlone() {
        push("ada", 1_200);
        push("eve", 2);
        pushInvalid("ada");
        String id = client.get("/v1/customers/ada").json().path("id").asString();

        Answer erased = client.post("/v1/customers/ada/erase");

        assertThat(erased.json().path("events").asInt()).isEqualTo(1_200);
        assertThat(erased.json().path("rejected_events").asInt()).isEqualTo(1);
        assertThat(client.get("/v1/events").json().at("/meta/total").asInt()).isEqualTo(2);
        assertThat(client.get("/v1/events/rejected").json().path("data")).isEmpty();
        assertThat(client.get("/v1/customers/ada").code()).isEqualTo("unknown_customer");
        JsonNode left = client.get("/v1/customers/" + id).json();
        assertThat(left.path("status").asString()).isEqualTo("archived");
        assertThat(left.path("external_id").isNull()).isTrue();
        assertThat(client.post("/v1/customers/" + id + "/erase")
                        .json()
                        .path("events")
                        .asInt())
                .isZero();
    }

    @Test
    void anErasureEmptiesTheAuditLogOfTheCustomer() {
        push("ada", 1);
        String id = client.get("/v1/customers/ada").json().path("id").asString();
        try (ControlDatabase same = ControlDatabase.open(data, 1, 10)) {
            AuditLog audit = new AuditLog(same, InstantSource.system());
            audit.record(change("/v1/customers/ada", "{\"name\":\"Ada Lovelace\"}"));
            audit.record(change("/v1/subscriptions/sub_1", "{\"customer_id\":\"" + id + "\"}"));
            audit.record(change("/v1/customers/eve", "{\"name\":\"Eve\"}"));

            client.post("/v1/customers/ada/erase");

            assertThat(audit.list(AuditFilter.ALL, PageRequest.FIRST).data().stream()
                            .filter(AuditEntry::erased)
                            .map(entry -> entry.change().path()))
                    .containsExactly("/v1/subscriptions/sub_1", "/v1/customers/erased");
            assertThat(audit.list(AuditFilter.ALL, PageRequest.FIRST).toString())
                    .doesNotContain("Lovelace")
                    .doesNotContain("ada")
                    .contains("Eve");
        }
    }

    private static AuditChange change(String path, String before) {
        return new AuditChange(AuditActor.COMMAND_LINE, Environment.LIVE, "PUT", path, "PUT", null, null, before, null);
    }
}
