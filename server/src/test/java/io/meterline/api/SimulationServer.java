package io.meterline.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meterline.event.Environment;
import io.meterline.testing.ApiClient;
import io.meterline.testing.ApiClient.Answer;
import io.meterline.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server with an aggregator and a clock, and what tests of simulations do with it. */
abstract class SimulationServer {

    static final String GRADUATED =
            "{\"model\":\"graduated\",\"tiers\":[{\"up_to\":\"10\",\"unit_amount\":\"5\"},{\"up_to\":null,\"unit_amount\":\"3\"}]}";
    static final String EACH = "{\"model\":\"per_unit\",\"unit_amount\":\"%s\"}";
    static final String FOUR = "{\"name\":\"four\",\"price\":" + EACH.formatted("4") + "}";

    @TempDir
    Path folder;

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-04-10T00:00:00Z"));
    TestServer server;
    ApiClient client;
    String calls;
    int events;

    @BeforeEach
    void start() {
        server = TestServer.start(folder, Map.of(), now::get);
        client = server.client(Environment.TEST);
        calls = id(created("/v1/aggregators", """
                {"name":"Calls","event_type":"calls","operation":"sum","property":"n"}"""));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    JsonNode simulate(String body) {
        Answer queued = client.post("/v1/simulations", body);
        assertThat(queued.status()).as(queued.text()).isEqualTo(202);
        String path = "/v1/simulations/" + id(queued.json());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> client.get(path).json().path("finished_at").isString());
        JsonNode done = client.get(path).json();
        assertThat(done.path("status").asString()).as(done.toString()).isEqualTo("succeeded");
        assertThat(done.at("/progress/percent").asInt()).isEqualTo(100);
        return done;
    }

    JsonNode customers(JsonNode simulation, String query) {
        return customers(simulation, query, 200).json();
    }

    Answer customers(JsonNode simulation, String query, int status) {
        Answer found = client.get("/v1/simulations/" + id(simulation) + "/customers" + query);
        assertThat(found.status()).as(found.text()).isEqualTo(status);
        return found;
    }

    List<String> csv(JsonNode simulation) {
        Answer found = client.get("/v1/simulations/" + id(simulation) + "/csv");
        assertThat(found.status()).as(found.text()).isEqualTo(200);
        return found.text().lines().toList();
    }

    List<String> errors(int status, String body) {
        Answer refused = client.post("/v1/simulations", body);
        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        List<String> errors = new ArrayList<>();
        refused.json()
                .path("errors")
                .forEach(error -> errors.add(
                        error.path("path").asString() + " " + error.path("code").asString()));
        return errors;
    }

    static List<String> column(JsonNode list, String pointer) {
        List<String> column = new ArrayList<>();
        list.forEach(row -> column.add(row.at(pointer).asString("")));
        return column;
    }

    static List<Integer> counts(JsonNode distribution) {
        List<Integer> counts = new ArrayList<>();
        distribution.forEach(part -> counts.add(part.path("count").asInt()));
        return counts;
    }

    static String price(String currency, String price) {
        return "{\"currency\":\"%s\",\"price\":%s}".formatted(currency, price);
    }

    String product(String prices) {
        return id(created("/v1/products", """
                {"name":"Calls","type":"dynamic","aggregator_id":"%s","prices":[%s]}""".formatted(calls, prices)));
    }

    void push(String customer, String time, String n) {
        push(customer, time, n, "");
    }

    void push(String customer, String time, String n, String more) {
        created("/v1/events", """
                {"customer_id":"%s","event_type":"calls","timestamp":"%s","record":{"id":%d,"n":%s%s}}""".formatted(customer, time, ++events, n, more));
    }

    JsonNode created(String path, String body) {
        Answer created = client.post(path, body);
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.json();
    }

    static String id(JsonNode node) {
        return node.path("id").asString();
    }
}
