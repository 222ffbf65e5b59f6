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
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /v1/subscriptions} over HTTP; every exchange is held against the API document. */
final class SubscriptionRoutesTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PRICE = "{\"model\":\"per_unit\",\"unit_amount\":\"4\"}";

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-02-10T00:00:00Z"));
    private ControlDatabase database;
    private TestApi api;
    private ApiClient client;
    private String users;
    private String base;

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

    @Test
    void aSubscriptionIsCreatedFromWhatItsCustomerSays() {
        JsonNode created = post("/v1/subscriptions", """
                {"customer_id":"acme","external_id":"acme-1","starts_at":"2026-01-31T00:00:00+01:00",
                 "metering":"period","close_after":"manual",
                 "products":[{"product_id":"%s"},{"product_id":"%s","overrides":[
                   {"price":{"model":"flat","amount":"39.00"}}]}]}""".formatted(users, base));

        String id = id(created);
        assertThat(id).startsWith("sub_");
        assertThat(created.path("customer_id").asString()).startsWith("cus_");
        assertThat(created.path("external_customer_id").asString()).isEqualTo("acme");
        assertThat(created.path("currency").asString()).isEqualTo("EUR");
        assertThat(created.path("time_zone").asString()).isEqualTo("Europe/Paris");
        assertThat(created.path("interval")).isEqualTo(json("{\"period\":\"months\",\"count\":1}"));
        assertThat(created.path("anchor").asString()).isEqualTo("2026-01-30T23:00:00Z");
        assertThat(created.path("ends_at").isNull()).isTrue();
        assertThat(created.path("status").asString()).isEqualTo("active");
        assertThat(created.at("/products/1/overrides"))
                .isEqualTo(json("[{\"filter\":null,\"price\":{\"model\":\"flat\",\"amount\":\"39\"}}]"));
        assertThat(period(created)).isEqualTo("2026-01-30T23:00:00Z 2026-02-27T23:00:00Z");
        assertThat(get(id)).isEqualTo(created);
        now.set(Instant.parse("2026-04-01T00:00:00Z"));
        assertThat(period(get(id))).isEqualTo("2026-03-30T22:00:00Z 2026-04-29T22:00:00Z");
    }

    @Test
    void anAnchorApartFromTheStartMakesTheFirstPeriodShorter() {
        JsonNode created = create(",\"starts_at\":\"2026-02-05T10:00:00Z\",\"anchor\":\"2026-01-01T00:00:00Z\","
                + "\"time_zone\":\"UTC\",\"ends_at\":\"2026-03-15T00:00:00Z\"");

        assertThat(period(created)).isEqualTo("2026-02-05T10:00:00Z 2026-03-01T00:00:00Z");
        now.set(Instant.parse("2026-03-02T00:00:00Z"));
        assertThat(period(get(id(created)))).isEqualTo("2026-03-01T00:00:00Z 2026-03-15T00:00:00Z");
        now.set(Instant.parse("2026-03-15T00:00:00Z"));
        assertThat(get(id(created)).path("current_period").isNull()).isTrue();
        assertThat(get(id(created)).path("status").asString()).isEqualTo("ended");
    }

    @Test
    void eachProductNeedsAPriceForIt() {
        assertThat(errors(422, send("\"starts_at\":\"2026-01-01T00:00:00Z\",\"currency\":\"USD\"")))
                .containsExactly("products[0].product_id no_price");
        assertThat(
                        errors(
                                422,
                                send(
                                        "\"starts_at\":\"2026-01-01T00:00:00Z\",\"interval\":{\"period\":\"months\",\"count\":12}")))
                .containsExactly("products[0].product_id no_price");
        assertThat(id(create(",\"starts_at\":\"2026-01-01T00:00:00Z\",\"interval\":{\"period\":\"years\"}")))
                .startsWith("sub_");
        client.delete("/v1/products/" + users);
        assertThat(errors(422, client.post("/v1/subscriptions", """
                        {"customer_id":"acme","starts_at":"2026-01-01T00:00:00Z","products":[
                         {"product_id":"%s"},{"product_id":"prd_0"},
                         {"product_id":"%s","overrides":[{"price":%s,"filter":{"conditional":"and","fields":[
                           {"property":"x","operator":"is_null"}]}}]}]}""".formatted(users, base, PRICE))))
                .containsExactly(
                        "products[0].product_id product_archived",
                        "products[1].product_id unknown_product",
                        "products[2].overrides[0].price.model price_not_possible",
                        "products[2].overrides[0].filter price_not_possible");
    }

    @Test
    void anOverrideIsAPriceThatTheProductCanHave() {
        assertThat(errors(422, client.post("/v1/subscriptions", """
                        {"customer_id":"acme","starts_at":"2026-01-01T00:00:00Z","currency":"USD","products":[
                         {"product_id":"%s","overrides":[{"price":{"model":"percentage","rate":"0.1"}}]}]}""".formatted(users))))
                .containsExactly("products[0].overrides[0].price.model aggregator_has_no_event_amounts");
        // An override is in the currency of the subscription, in which the product has no price.
        assertThat(client.post("/v1/subscriptions", """
                        {"customer_id":"acme","starts_at":"2026-01-01T00:00:00Z","currency":"USD","products":[
                         {"product_id":"%s","overrides":[{"price":%s}]}]}""".formatted(users, PRICE)).status())
                .isEqualTo(201);
    }

    @Test
    void theCustomerMustBeThere() {
        assertThat(errors(422, client.post("/v1/subscriptions", subscription("nobody", "2026-01-01T00:00:00Z"))))
                .containsExactly("customer_id unknown_customer");
        post("/v1/customers", "{\"external_id\":\"old\"}");
        assertThat(errors(422, client.post("/v1/subscriptions", subscription("old", "2026-01-01T00:00:00Z"))))
                .containsExactly("currency required");
        client.post("/v1/customers/old/archive");
        assertThat(errors(422, client.post("/v1/subscriptions", subscription("old", "2026-01-01T00:00:00Z"))))
                .containsExactly("customer_id customer_archived");
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        assertThat(errors(400, client.post("/v1/subscriptions", """
                        {"colour":1,"external_id":" ","currency":"eur","starts_at":"2026-01-31","ends_at":"2300-01-01T00:00:00Z",
                         "interval":{"period":"month"},"anchor":5,"time_zone":"Paris","metering":"never","close_after":"soon",
                         "products":[7,{"overrides":1},{"product_id":"a","overrides":[1,{"price":{"model":"flat"}},
                           {"price":%s},{"price":%s}]},{"product_id":"a","x":1}]}""".formatted(PRICE, PRICE))))
                .containsExactlyInAnyOrder(
                        "colour unknown_field",
                        "customer_id required",
                        "external_id invalid_value",
                        "currency unknown_currency",
                        "starts_at invalid_value",
                        "ends_at invalid_value",
                        "interval.period invalid_value",
                        "anchor wrong_type",
                        "time_zone invalid_value",
                        "metering invalid_value",
                        "close_after invalid_value",
                        "products[0] wrong_type",
                        "products[1].product_id required",
                        "products[1].overrides wrong_type",
                        "products[2].overrides[0] wrong_type",
                        "products[2].overrides[1].price.amount required",
                        "products[2].overrides[2] duplicate_price",
                        "products[2].overrides[3] duplicate_price",
                        "products[3].product_id duplicate_product",
                        "products[3].x unknown_field");
        assertThat(errors(400, client.post("/v1/subscriptions", "{}")))
                .containsExactlyInAnyOrder("customer_id required", "starts_at required", "products required");
        assertThat(client.post("/v1/subscriptions", "[]").code()).isEqualTo("wrong_type");
        assertThat(errors(400, send("\"starts_at\":\"2026-01-01T00:00:00Z\",\"ends_at\":\"2026-01-01T00:00:00Z\"")))
                .containsExactly("ends_at invalid_value");
    }

    @Test
    void whenStatementsCloseIsSaidBackInTheLargestUnit() {
        String id = id(create(",\"starts_at\":\"2026-01-01T00:00:00Z\",\"metering\":\"all_time\""));
        Map<String, String> texts = Map.of(
                "P3D", "P3D", "PT48H", "P2D", "PT90M", "PT90M", "PT120M", "PT2H", "PT61S", "PT61S", "PT0S", "PT0H");
        texts.forEach((sent, said) -> {
            Answer put = client.put("/v1/subscriptions/" + id, "{\"close_after\":\"" + sent + "\"}");
            assertThat(put.status()).as(put.text()).isEqualTo(200);
            assertThat(put.json().path("close_after").asString()).isEqualTo(said);
        });
        assertThat(client.put("/v1/subscriptions/" + id, "{\"external_id\":\"s1\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aChangeNowSplitsThePeriod() {
        String id = id(create(",\"starts_at\":\"2026-02-01T00:00:00Z\",\"time_zone\":\"UTC\""));
        now.set(Instant.parse("2026-02-10T12:00:00Z"));

        JsonNode changed = change(id, "\"effective\":\"now\",\"products\":[{\"product_id\":\"" + base + "\"}]");

        assertThat(changed.at("/products/0/product_id").asString()).isEqualTo(base);
        assertThat(changed.path("next_change").isNull()).isTrue();
        assertThat(period(changed)).isEqualTo("2026-02-10T12:00:00Z 2026-03-01T00:00:00Z");
        now.set(Instant.parse("2026-03-05T00:00:00Z"));
        assertThat(period(get(id))).isEqualTo("2026-03-01T00:00:00Z 2026-04-01T00:00:00Z");
    }

    @Test
    void aChangeFromTheNextPeriodOnWaits() {
        String id = id(create(",\"starts_at\":\"2026-01-31T00:00:00Z\",\"time_zone\":\"UTC\""));

        JsonNode changed = change(id, "\"effective\":\"next_period\",\"interval\":{\"period\":\"years\"}");

        assertThat(changed.at("/interval/period").asString()).isEqualTo("months");
        assertThat(changed.at("/next_change/effective_at").asString()).isEqualTo("2026-02-28T00:00:00Z");
        assertThat(changed.at("/next_change/anchor").asString()).isEqualTo("2026-02-28T00:00:00Z");
        assertThat(changed.at("/next_change/interval/period").asString()).isEqualTo("years");
        // One that changes nothing takes it back, another takes its place.
        assertThat(change(id, "\"effective\":\"next_period\"")
                        .path("next_change")
                        .isNull())
                .isTrue();
        change(id, "\"effective\":\"next_period\",\"interval\":{\"period\":\"years\"}");
        change(
                id,
                "\"effective\":\"next_period\",\"interval\":{\"period\":\"years\"},\"anchor\":\"2026-01-31T00:00:00Z\"");
        now.set(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(period(get(id))).isEqualTo("2026-02-28T00:00:00Z 2027-01-31T00:00:00Z");
        assertThat(get(id).at("/interval/period").asString()).isEqualTo("years");
        assertThat(get(id).path("next_change").isNull()).isTrue();
    }

    @Test
    void aChangeMustBePossible() {
        String ahead = id(create(",\"starts_at\":\"2026-05-01T00:00:00Z\""));
        assertThat(client.post("/v1/subscriptions/" + ahead + "/change", "{\"effective\":\"now\"}")
                        .code())
                .isEqualTo("subscription_not_started");
        String ending = id(create(",\"starts_at\":\"2026-02-01T00:00:00Z\",\"ends_at\":\"2026-02-20T00:00:00Z\""));
        assertThat(client.post("/v1/subscriptions/" + ending + "/change", "{\"effective\":\"next_period\"}")
                        .code())
                .isEqualTo("no_next_period");
        assertThat(errors(
                        422,
                        client.post(
                                "/v1/subscriptions/" + ending + "/change",
                                "{\"effective\":\"now\",\"interval\":{\"period\":\"days\"}}")))
                .containsExactly("products[0].product_id no_price");
        assertThat(errors(400, client.post("/v1/subscriptions/" + ending + "/change", "{\"products\":[],\"x\":1}")))
                .containsExactlyInAnyOrder("effective required", "products required", "x unknown_field");
        String special = id(post("/v1/subscriptions", """
                {"customer_id":"acme","starts_at":"2026-02-01T00:00:00Z","products":[
                 {"product_id":"%s","overrides":[{"price":%s}]}]}""".formatted(users, PRICE)));
        assertThat(errors(
                        422,
                        client.post(
                                "/v1/subscriptions/" + special + "/change",
                                "{\"effective\":\"now\",\"interval\":{\"period\":\"years\"}}")))
                .containsExactly("products required");
        now.set(Instant.parse("2026-02-20T00:00:00Z"));
        assertThat(client.post("/v1/subscriptions/" + ending + "/change", "{\"effective\":\"now\"}")
                        .code())
                .isEqualTo("subscription_ended");
    }

    @Test
    void itIsCanceledNowOrWithItsPeriodAndTakenBack() {
        String id = id(create(",\"starts_at\":\"2026-02-01T00:00:00Z\",\"time_zone\":\"UTC\""));
        change(id, "\"effective\":\"next_period\",\"products\":[{\"product_id\":\"" + base + "\"}]");

        JsonNode canceled = cancel(id, "next_period");
        assertThat(canceled.path("ends_at").asString()).isEqualTo("2026-03-01T00:00:00Z");
        assertThat(canceled.path("canceled_at").asString()).isEqualTo("2026-02-10T00:00:00Z");
        assertThat(canceled.path("status").asString()).isEqualTo("active");
        assertThat(canceled.path("next_change").isNull()).isTrue();
        now.set(Instant.parse("2026-02-11T00:00:00Z"));
        assertThat(cancel(id, "next_period")).isEqualTo(canceled);

        JsonNode back = put(id, "{\"ends_at\":null}");
        assertThat(back.path("ends_at").isNull()).isTrue();
        assertThat(back.path("canceled_at").isNull()).isTrue();

        JsonNode ended = cancel(id, "now");
        assertThat(ended.path("ends_at").asString()).isEqualTo("2026-02-11T00:00:00Z");
        assertThat(ended.path("status").asString()).isEqualTo("ended");
        assertThat(cancel(id, "now")).isEqualTo(ended);
        assertThat(client.put("/v1/subscriptions/" + id, "{\"ends_at\":null}").code())
                .isEqualTo("subscription_ended");
        assertThat(errors(400, client.post("/v1/subscriptions/" + id + "/cancel", "{}")))
                .containsExactly("effective required");
    }

    @Test
    void oneThatIsCanceledBeforeItStartsNeverDoes() {
        String id = id(create(",\"starts_at\":\"2026-05-01T00:00:00Z\",\"external_id\":\"a\""));

        JsonNode canceled = cancel(id, "next_period");

        assertThat(canceled.path("status").asString()).isEqualTo("ended");
        assertThat(canceled.path("ends_at")).isEqualTo(canceled.path("starts_at"));
        assertThat(put(id, "{\"external_id\":\"b\"}").path("external_id").asString())
                .isEqualTo("b");
        now.set(Instant.parse("2026-05-02T00:00:00Z"));
        assertThat(get(id).path("current_period").isNull()).isTrue();
    }

    @Test
    void everythingCanBeEditedBeforeTheStartAndLittleAfterwards() {
        JsonNode created = create(",\"starts_at\":\"2026-05-31T00:00:00Z\",\"time_zone\":\"UTC\"");
        String id = id(created);

        JsonNode edited = put(id, """
                {"starts_at":"2026-03-31T00:00:00Z","interval":{"period":"years"},"external_id":"x"}""");
        assertThat(edited.path("anchor").asString()).isEqualTo("2026-03-31T00:00:00Z");
        assertThat(edited.path("products")).isEqualTo(created.path("products"));
        assertThat(edited.path("time_zone").asString()).isEqualTo("UTC");
        assertThat(put(id, "{\"time_zone\":null}").path("time_zone").asString()).isEqualTo("Europe/Paris");
        assertThat(errors(422, client.put("/v1/subscriptions/" + id, "{\"currency\":\"USD\"}")))
                .containsExactly("products[0].product_id no_price");
        assertThat(errors(400, client.put("/v1/subscriptions/" + id, "{\"ends_at\":\"2026-03-01T00:00:00Z\"}")))
                .containsExactly("ends_at invalid_value");

        now.set(Instant.parse("2026-04-01T00:00:00Z"));
        change(id, "\"effective\":\"now\",\"interval\":{\"period\":\"months\"}");
        now.set(Instant.parse("2026-04-02T00:00:00Z"));
        JsonNode running = get(id);
        assertThat(client.put("/v1/subscriptions/" + id, "{\"interval\":{\"period\":\"years\"}}")
                        .code())
                .isEqualTo("subscription_started");
        assertThat(client.put("/v1/subscriptions/" + id, "{\"anchor\":\"2026-01-01T00:00:00Z\"}")
                        .code())
                .isEqualTo("subscription_started");
        assertThat(client.put("/v1/subscriptions/" + id, "{\"products\":[{\"product_id\":\"" + base + "\"}]}")
                        .code())
                .isEqualTo("subscription_started");
        assertThat(errors(400, client.put("/v1/subscriptions/" + id, "{\"ends_at\":\"2026-04-01T12:00:00Z\"}")))
                .containsExactly("ends_at invalid_value");
        // What it is already is no change.
        assertThat(put(
                        id,
                        "{\"anchor\":" + running.path("anchor") + ",\"interval\":" + running.path("interval")
                                + ",\"products\":" + running.path("products") + ",\"customer_id\":\"acme\"}"))
                .isEqualTo(running);
        JsonNode ending = put(id, "{\"ends_at\":\"2026-04-20T00:00:00Z\",\"external_id\":null}");
        assertThat(period(ending)).isEqualTo("2026-04-01T00:00:00Z 2026-04-20T00:00:00Z");
        assertThat(ending.path("external_id").isNull()).isTrue();
    }

    @Test
    void anExternalIdIsOneOfItsKind() {
        String first = id(create(",\"starts_at\":\"2026-02-01T00:00:00Z\",\"external_id\":\"a\""));
        String second = id(create(",\"starts_at\":\"2026-02-01T00:00:00Z\""));

        assertThat(errors(409, send("\"starts_at\":\"2026-02-01T00:00:00Z\",\"external_id\":\"a\"")))
                .containsExactly("external_id external_id_taken");
        assertThat(errors(409, client.put("/v1/subscriptions/" + second, "{\"external_id\":\"a\"}")))
                .containsExactly("external_id external_id_taken");
        put(first, "{\"external_id\":null}");
        assertThat(put(second, "{\"external_id\":\"a\"}").path("external_id").asString())
                .isEqualTo("a");
    }

    @Test
    void subscriptionsAreListedByStatusAndCustomer() {
        post("/v1/customers", "{\"external_id\":\"globex\",\"currency\":\"EUR\"}");
        String ahead = id(create(",\"starts_at\":\"2026-05-01T00:00:00Z\""));
        String ended = id(create(",\"starts_at\":\"2025-01-01T00:00:00Z\",\"ends_at\":\"2026-01-01T00:00:00Z\""));
        String active = id(create(",\"starts_at\":\"2026-01-01T00:00:00Z\",\"external_id\":\"e\""));
        String other = id(post("/v1/subscriptions", subscription("globex", "2026-01-01T00:00:00Z")));

        assertThat(list("")).containsExactly(other, active, ahead);
        assertThat(list("?status=ended")).containsExactly(ended);
        assertThat(list("?status__in=ended,scheduled")).containsExactly(ended, ahead);
        assertThat(list("?customer_id=acme")).containsExactly(active, ahead);
        assertThat(list("?external_id=e")).containsExactly(active);
        assertThat(client.get("/v1/subscriptions?status__in=late").status()).isEqualTo(400);
        assertThat(client.get("/v1/subscriptions?customer_id=nobody").code()).isEqualTo("unknown_customer");
        JsonNode page = client.get("/v1/subscriptions?take=2").json();
        assertThat(page.path("meta").path("total").asInt()).isEqualTo(3);
        assertThat(list("?take=2&cursor="
                        + page.path("meta").path("next_cursor").asString()))
                .containsExactly(ahead);

        // Merged customers count as one, and a merge can be undone.
        client.post("/v1/customers/globex/merge", "{\"into\":\"acme\"}");
        assertThat(list("?customer_id=acme")).containsExactly(other, active, ahead);
        assertThat(get(other).path("external_customer_id").asString()).isEqualTo("acme");
        assertThat(put(other, "{\"external_id\":\"o\"}")
                        .path("external_customer_id")
                        .asString())
                .isEqualTo("acme");
        assertThat(list("?customer_id=globex&external_id=o")).containsExactly(other);
    }

    @Test
    void theOtherEnvironmentDoesNotSeeIt() {
        String id = id(create(",\"starts_at\":\"2026-02-01T00:00:00Z\""));
        ApiClient test = api.client(Environment.TEST);

        assertThat(test.get("/v1/subscriptions/" + id).code()).isEqualTo("unknown_subscription");
        assertThat(test.put("/v1/subscriptions/" + id, "{}").code()).isEqualTo("unknown_subscription");
        assertThat(test.post("/v1/subscriptions/" + id + "/cancel", "{\"effective\":\"now\"}")
                        .code())
                .isEqualTo("unknown_subscription");
        assertThat(test.get("/v1/subscriptions").json().path("data")).isEmpty();
        assertThat(test.post("/v1/subscriptions", subscription("acme", "2026-02-01T00:00:00Z"))
                        .code())
                .isEqualTo("unknown_customer");
    }

    private String subscription(String customer, String startsAt) {
        return """
                {"customer_id":"%s","starts_at":"%s","products":[{"product_id":"%s"}]}""".formatted(customer, startsAt, users);
    }

    private Answer send(String fields) {
        return client.post(
                "/v1/subscriptions",
                "{\"customer_id\":\"acme\",\"products\":[{\"product_id\":\"" + users + "\"}]," + fields + "}");
    }

    /** The fields begin with a comma. */
    private JsonNode create(String fields) {
        return post(
                "/v1/subscriptions",
                "{\"customer_id\":\"acme\",\"products\":[{\"product_id\":\"" + users + "\"}]" + fields + "}");
    }

    private JsonNode change(String id, String fields) {
        return ok(client.post("/v1/subscriptions/" + id + "/change", "{" + fields + "}"));
    }

    private JsonNode cancel(String id, String effective) {
        return ok(client.post("/v1/subscriptions/" + id + "/cancel", "{\"effective\":\"" + effective + "\"}"));
    }

    private JsonNode put(String id, String body) {
        return ok(client.put("/v1/subscriptions/" + id, body));
    }

    private JsonNode get(String id) {
        return ok(client.get("/v1/subscriptions/" + id));
    }

    private JsonNode post(String path, String body) {
        Answer created = client.post(path, body);
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.json();
    }

    private static JsonNode ok(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private List<String> list(String query) {
        List<String> ids = new ArrayList<>();
        ok(client.get("/v1/subscriptions" + query)).path("data").forEach(one -> ids.add(id(one)));
        return ids;
    }

    private static String id(JsonNode thing) {
        return thing.path("id").asString();
    }

    private static String period(JsonNode subscription) {
        return subscription.at("/current_period/from").asString() + " "
                + subscription.at("/current_period/to").asString();
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    private static List<String> errors(int status, Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        List<String> errors = new ArrayList<>();
        for (JsonNode error : answer.json().path("errors")) {
            errors.add(error.path("path").asString() + " " + error.path("code").asString());
        }
        return errors;
    }
}
