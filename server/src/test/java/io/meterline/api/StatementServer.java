package io.meterline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.testing.ApiClient;
import io.meterline.testing.ApiClient.Answer;
import io.meterline.testing.TestServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server with a customer, an aggregator and a clock, and what tests of statements do with it. */
abstract class StatementServer {

    static final String GRADUATED =
            "{\"model\":\"graduated\",\"tiers\":[{\"up_to\":\"10\",\"unit_amount\":\"5\"},{\"up_to\":null,\"unit_amount\":\"3\"}]}";
    static final String EACH = "{\"model\":\"per_unit\",\"unit_amount\":\"%s\"}";

    @TempDir
    Path folder;

    final AtomicReference<Instant> now = new AtomicReference<>();
    TestServer server;
    ApiClient client;
    String calls;

    @BeforeEach
    void start() {
        at("2026-01-15T00:00:00Z");
        server = TestServer.start(folder, Map.of(), now::get);
        client = server.client(Environment.TEST);
        created("/v1/customers", "{\"external_id\":\"acme\",\"currency\":\"EUR\"}");
        calls = id(created("/v1/aggregators", """
                {"name":"Calls","event_type":"calls","operation":"sum","property":"n","unit_name":"calls"}"""));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    void at(String time) {
        now.set(Instant.parse(time));
    }

    String product(String price) {
        return id(created("/v1/products", """
                {"name":"Calls","type":"dynamic","aggregator_id":"%s","prices":[{"currency":"EUR","price":%s}]}""".formatted(calls, price)));
    }

    void putPrice(String product, String price) {
        Answer put = client.put("/v1/products/" + product, """
                {"name":"Calls","type":"dynamic","aggregator_id":"%s","prices":[{"currency":"EUR","price":%s}]}""".formatted(calls, price));
        assertThat(put.status()).as(put.text()).isEqualTo(200);
    }

    String subscribe(String startsAt, String product) {
        return id(created("/v1/subscriptions", """
                {"customer_id":"acme","starts_at":"%s","products":[{"product_id":"%s"}]}""".formatted(startsAt, product)));
    }

    void push(String id, String time, String n) {
        push(id, time, n, "");
    }

    void push(String id, String time, String n, String more) {
        created("/v1/events", """
                {"customer_id":"acme","event_type":"calls","timestamp":"%s","record":{"id":"%s","n":%s%s}}""".formatted(time, id, n, more));
    }

    JsonNode close(String statement) {
        Answer closed = client.post("/v1/statements/" + statement + "/close");
        assertThat(closed.status()).as(closed.text()).isEqualTo(200);
        return closed.json();
    }

    JsonNode get(String statement) {
        Answer found = client.get("/v1/statements/" + statement);
        assertThat(found.status()).as(found.text()).isEqualTo(200);
        return found.json();
    }

    JsonNode statements(String subscription) {
        Answer found = client.get("/v1/subscriptions/" + subscription + "/statements");
        assertThat(found.status()).as(found.text()).isEqualTo(200);
        return found.json();
    }

    static List<Integer> numbers(JsonNode list) {
        List<Integer> numbers = new ArrayList<>();
        list.path("data")
                .forEach(statement -> numbers.add(statement.path("number").asInt()));
        return numbers;
    }

    static JsonNode only(JsonNode list) {
        assertThat(list.path("data")).hasSize(1);
        return list.at("/data/0");
    }

    static String january(String subscription) {
        return statement(subscription, 1);
    }

    static String february(String subscription) {
        return statement(subscription, 2);
    }

    static String statement(String subscription, int number) {
        return "sta_" + subscription.substring("sub_".length()) + "_" + number;
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
