package io.meterline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.billing.Products;
import io.meterline.billing.Subscriptions;
import io.meterline.control.ControlDatabase;
import io.meterline.customer.CustomerDirectory;
import io.meterline.customer.Customers;
import io.meterline.event.Environment;
import io.meterline.meter.Aggregators;
import io.meterline.testing.ApiClient;
import io.meterline.testing.ApiClient.Answer;
import io.meterline.testing.TestApi;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The routes of subscriptions with two products, a customer and a clock, and what tests do with them. */
abstract class SubscriptionServer {

    static final JsonMapper JSON = JsonMapper.shared();
    static final String PRICE = "{\"model\":\"per_unit\",\"unit_amount\":\"4\"}";

    @TempDir
    Path folder;

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-02-10T00:00:00Z"));
    ControlDatabase database;
    TestApi api;
    ApiClient client;
    String users;
    String base;

    @BeforeEach
    void start() {
        database = ControlDatabase.open(folder, 2, 100);
        Aggregators aggregators = new Aggregators(database, now::get);
        Products products = new Products(database, aggregators, now::get);
        CustomerDirectory directory = new CustomerDirectory(database, now::get);
        Customers customers = new Customers(database, directory, now::get);
        Subscriptions subscriptions = new Subscriptions(database, customers, directory, products, now::get);
        api = TestApi.start(
                database,
                now::get,
                routes -> routes.add(new AggregatorRoutes(aggregators))
                        .add(new PriceRoutes())
                        .add(new ProductRoutes(products))
                        .add(new CustomerRoutes(customers))
                        .add(new SubscriptionRoutes(subscriptions)));
        client = api.client(Environment.LIVE);
        post("/v1/customers", "{\"external_id\":\"acme\",\"currency\":\"EUR\",\"time_zone\":\"Europe/Paris\"}");
        String counted =
                id(post("/v1/aggregators", "{\"name\":\"Users\",\"event_type\":\"users\",\"operation\":\"count\"}"));
        users = id(post("/v1/products", """
                {"name":"Users","type":"seat","aggregator_id":"%s","prices":[
                 {"currency":"EUR","price":%s},
                 {"currency":"EUR","interval":{"period":"years"},"price":%s}]}""".formatted(counted, PRICE, PRICE)));
        base = id(post("/v1/products", """
                {"name":"Base","type":"flat_fee","prices":[{"currency":"EUR","price":{"model":"flat","amount":"49"}}]}"""));
    }

    @AfterEach
    void stop() {
        api.close();
        database.close();
    }

    String subscription(String customer, String startsAt) {
        return """
                {"customer_id":"%s","starts_at":"%s","products":[{"product_id":"%s"}]}""".formatted(customer, startsAt, users);
    }

    /** The fields begin with a comma. */
    JsonNode create(String fields) {
        return post(
                "/v1/subscriptions",
                "{\"customer_id\":\"acme\",\"products\":[{\"product_id\":\"" + users + "\"}]" + fields + "}");
    }

    JsonNode cancel(String id, String effective) {
        return ok(client.post("/v1/subscriptions/" + id + "/cancel", "{\"effective\":\"" + effective + "\"}"));
    }

    JsonNode put(String id, String body) {
        return ok(client.put("/v1/subscriptions/" + id, body));
    }

    JsonNode get(String id) {
        return ok(client.get("/v1/subscriptions/" + id));
    }

    JsonNode post(String path, String body) {
        Answer created = client.post(path, body);
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.json();
    }

    static JsonNode ok(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    static String id(JsonNode thing) {
        return thing.path("id").asString();
    }

    static String period(JsonNode subscription) {
        return subscription.at("/current_period/from").asString() + " "
                + subscription.at("/current_period/to").asString();
    }

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    static List<String> errors(int status, Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        List<String> errors = new ArrayList<>();
        for (JsonNode error : answer.json().path("errors")) {
            errors.add(error.path("path").asString() + " " + error.path("code").asString());
        }
        return errors;
    }

    List<String> list(String query) {
        List<String> ids = new ArrayList<>();
        ok(client.get("/v1/subscriptions" + query)).path("data").forEach(one -> ids.add(id(one)));
        return ids;
    }
}
