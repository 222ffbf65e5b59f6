package io.meterline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.billing.Products;
import io.meterline.control.ControlDatabase;
import io.meterline.event.Environment;
import io.meterline.meter.Aggregator;
import io.meterline.meter.Aggregators;
import io.meterline.meter.DefinitionJson;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /v1/products} over HTTP; every exchange is held against the API document. */
final class ProductRoutesTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-01-06T00:00:00Z");

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(MONDAY);
    private ControlDatabase database;
    private Aggregators aggregators;
    private TestApi api;
    private ApiClient client;
    private String users;

    @BeforeEach
    void start() {
        database = ControlDatabase.open(folder, 2, 100);
        aggregators = new Aggregators(database, now::get);
        Products products = new Products(database, aggregators, now::get);
        // The description of products refers to those of filters and prices.
        api = TestApi.start(
                database,
                now::get,
                routes -> routes.add(new AggregatorRoutes(aggregators))
                        .add(new PriceRoutes())
                        .add(new ProductRoutes(products)));
        client = api.client(Environment.LIVE);
        users = aggregator("{\"name\":\"Users\",\"event_type\":\"users\",\"operation\":\"count\"}")
                .id();
    }

    @AfterEach
    void stop() {
        api.close();
        database.close();
    }

    @Test
    void aProductIsCreatedWithItsPricesAndReadAgain() {
        Answer created = client.post("/v1/products", """
                {"name":"Users","type":"dynamic","aggregator_id":"%s",
                 "filter":{"conditional":"and","fields":[{"property":"deleted_at","operator":"isNull"}]},
                 "prices":[
                  {"currency":"EUR","filter":{"conditional":"and","fields":[
                     {"property":"plan","operator":"equals","value":"pro"}]},
                   "price":{"model":"volume","free_units":1.50,"zero_usage_flat":"charge","tiers":[
                     {"up_to":10,"unit_amount":"5.00"},{"up_to":null,"unit_amount":4,"flat_amount":"1"}]}},
                  {"currency":"EUR","interval":{"period":"years"},"price":{"model":"per_unit","unit_amount":"50"}}]}
                """.formatted(users));

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        JsonNode product = created.json();
        assertThat(product.path("id").asString()).startsWith("prd_");
        assertThat(product.path("version").asInt()).isEqualTo(1);
        assertThat(product.path("status").asString()).isEqualTo("active");
        assertThat(product.path("filter").path("fields").get(0).path("operator").asString())
                .isEqualTo("is_null");
        assertThat(product.path("prices").get(0)).isEqualTo(JSON.readTree("""
                {"currency":"EUR","interval":{"period":"months","count":1},
                 "filter":{"conditional":"and","fields":[{"property":"plan","operator":"equals","value":"pro"}]},
                 "price":{"model":"volume","tiers":[
                   {"up_to":"10","unit_amount":"5","flat_amount":"0"},
                   {"up_to":null,"unit_amount":"4","flat_amount":"1"}],"free_units":"1.5"}}"""));
        assertThat(product.path("prices").get(1).path("interval")).isEqualTo(JSON.readTree("""
                {"period":"years","count":1}"""));
        assertThat(client.get("/v1/products/" + product.path("id").asString()).json())
                .isEqualTo(product);
    }

    @Test
    void everyModelIsKeptAsItWasWritten() {
        String payments = aggregator(
                        "{\"name\":\"Paid\",\"event_type\":\"pay\",\"operation\":\"sum\",\"property\":\"amount\"}")
                .id();
        for (String price : List.of(
                "{\"model\":\"flat\",\"amount\":\"49\",\"zero_usage_flat\":\"skip\"}",
                "{\"model\":\"per_unit\",\"unit_amount\":\"0.0004\",\"discount_percent\":\"12.5\"}",
                "{\"model\":\"package\",\"package_size\":\"100\",\"package_amount\":\"5\",\"incomplete\":\"free\"}",
                "{\"model\":\"stairstep\",\"tiers\":[{\"up_to\":null,\"flat_amount\":\"5\"}]}",
                "{\"model\":\"percentage\",\"rate\":\"0.029\",\"fixed_amount\":\"0.3\",\"free_events\":\"3\","
                        + "\"free_amount\":\"500\",\"min_per_event\":\"1\",\"max_per_event\":\"12\"}",
                "{\"model\":\"graduated_percentage\",\"tiers\":[{\"up_to\":null,\"rate\":\"0.01\",\"flat_amount\":\"2\"}],"
                        + "\"minimum_amount\":\"1\",\"maximum_amount\":\"9\","
                        + "\"apply_per\":{\"group_by\":[\"region\"],\"window\":\"day\"}}")) {
            Answer created = client.post("/v1/products", """
                    {"name":"P","type":"dynamic","aggregator_id":"%s","prices":[{"currency":"EUR","price":%s}]}""".formatted(payments, price));
            assertThat(created.status()).as(created.text()).isEqualTo(201);
            assertThat(created.json().path("prices").get(0).path("price")).isEqualTo(JSON.readTree(price));
        }
    }

    @Test
    void aChangeOfAPriceMakesAVersionWithADate() {
        String id = create("5");
        now.set(TUESDAY);

        JsonNode edited = client.put("/v1/products/" + id, product("6")).json();
        JsonNode same = client.put("/v1/products/" + id, product("6.00")).json();

        assertThat(edited.path("version").asInt()).isEqualTo(2);
        assertThat(edited.path("created_at").asString()).isEqualTo("2026-01-05T00:00:00Z");
        assertThat(edited.path("updated_at").asString()).isEqualTo("2026-01-06T00:00:00Z");
        assertThat(same).isEqualTo(edited);
        JsonNode first = client.get("/v1/products/" + id + "/versions/1").json();
        assertThat(first.path("updated_at").asString()).isEqualTo("2026-01-05T00:00:00Z");
        assertThat(unitAmount(first)).isEqualTo("5");
        JsonNode versions = client.get("/v1/products/" + id + "/versions").json();
        assertThat(versions.path("meta").path("total").asInt()).isEqualTo(2);
        assertThat(unitAmount(versions.path("data").get(0))).isEqualTo("6");
        assertThat(client.get("/v1/products/" + id + "/versions/3").code()).isEqualTo("unknown_version");
        assertThat(client.get("/v1/products/" + id + "/versions/x").code()).isEqualTo("unknown_version");
    }

    @Test
    void productsAreListedInPagesAndArchived() {
        String first = create("1");
        String second = create("2");
        String third = create("3");

        JsonNode page = client.get("/v1/products?take=2").json();
        assertThat(ids(page)).containsExactly(third, second);
        String cursor = page.path("meta").path("next_cursor").asString();
        assertThat(ids(client.get("/v1/products?take=2&cursor=" + cursor).json()))
                .containsExactly(first);

        assertThat(client.delete("/v1/products/" + second).json().path("status").asString())
                .isEqualTo("archived");
        assertThat(client.delete("/v1/products/" + second).status()).isEqualTo(200);
        assertThat(ids(client.get("/v1/products").json())).containsExactly(third, first);
        assertThat(ids(client.get("/v1/products?status=archived").json())).containsExactly(second);
        assertThat(ids(client.get("/v1/products?status__in=active,archived").json()))
                .containsExactly(third, second, first);
        assertThat(client.put("/v1/products/" + second, product("9")).code()).isEqualTo("product_archived");
        assertThat(client.get("/v1/products/" + second).status()).isEqualTo(200);
    }

    @Test
    void theOtherEnvironmentDoesNotSeeIt() {
        String id = create("5");
        ApiClient test = api.client(Environment.TEST);

        assertThat(test.get("/v1/products/" + id).code()).isEqualTo("unknown_product");
        assertThat(test.delete("/v1/products/" + id).code()).isEqualTo("unknown_product");
        assertThat(test.get("/v1/products").json().path("data")).isEmpty();
        assertThat(test.post("/v1/products", product("5")).code()).isEqualTo("unknown_aggregator");
    }

    @Test
    void anAggregatorMustBeAbleToMeasureIt() {
        assertThat(client.post("/v1/products", product("5").replace(users, "agg_0"))
                        .status())
                .isEqualTo(422);
        Answer percentage = client.post("/v1/products", """
                {"name":"P","type":"dynamic","aggregator_id":"%s",
                 "prices":[{"currency":"EUR","price":{"model":"percentage","rate":"0.1"}}]}""".formatted(users));
        assertThat(percentage.status()).isEqualTo(422);
        assertThat(percentage.code()).isEqualTo("aggregator_has_no_event_amounts");
        aggregators.archive(Environment.LIVE, users);
        assertThat(client.post("/v1/products", product("5")).code()).isEqualTo("aggregator_archived");
    }

    @Test
    void aFlatFeeHasNoUsage() {
        assertThat(client.post("/v1/products", """
                        {"name":"Base","type":"flat_fee","prices":[
                          {"currency":"EUR","price":{"model":"flat","amount":"49"}},
                          {"currency":"USD","price":{"model":"flat","amount":"55"}}]}""").status()).isEqualTo(201);
        assertThat(errors(client.post("/v1/products", """
                        {"name":"Base","type":"flat_fee","aggregator_id":"%s",
                         "filter":{"conditional":"and","fields":[{"property":"x","operator":"is_null"}]},
                         "prices":[{"currency":"EUR","price":{"model":"per_unit","unit_amount":"49"},
                           "filter":{"conditional":"and","fields":[{"property":"x","operator":"is_null"}]}}]}""".formatted(users))))
                .containsExactlyInAnyOrder(
                        "aggregator_id field_not_used",
                        "filter field_not_used",
                        "prices[0].filter field_not_used",
                        "prices[0].price.model invalid_value");
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        assertThat(errors(client.post("/v1/products", """
                        {"name":" ","type":"usage","colour":1,"prices":[
                          {"currency":"eur","interval":{"period":"month","count":0,"x":1},"price":{"model":"flat"}},
                          {"interval":1},
                          7,
                          {"currency":"EUR","interval":{"count":1},
                           "price":{"model":"graduated","tiers":[{"up_to":"5","unit_amount":"1"}]}}]}""")))
                .containsExactlyInAnyOrder(
                        "colour unknown_field",
                        "name invalid_value",
                        "type invalid_value",
                        "prices[0].currency unknown_currency",
                        "prices[0].interval.x unknown_field",
                        "prices[0].interval.count invalid_value",
                        "prices[0].price.amount required",
                        "prices[1].currency required",
                        "prices[1].interval wrong_type",
                        "prices[1].price required",
                        "prices[2] wrong_type",
                        "prices[3].interval.period invalid_value",
                        "prices[3].price.tiers[0].up_to tiers_gap");
        assertThat(errors(client.post("/v1/products", "{\"name\":\"a\",\"type\":\"seat\",\"prices\":[]}")))
                .containsExactlyInAnyOrder("aggregator_id required", "prices required");
        assertThat(client.post("/v1/products", "[]").code()).isEqualTo("wrong_type");
    }

    @Test
    void nothingIsLeftForASecondPriceOfTheSamePlace() {
        String price = "{\"currency\":\"EUR\",\"price\":{\"model\":\"per_unit\",\"unit_amount\":\"%s\"}}";
        assertThat(errors(client.post(
                        "/v1/products",
                        "{\"name\":\"a\",\"type\":\"dynamic\",\"aggregator_id\":\"" + users + "\",\"prices\":["
                                + price.formatted("1") + "," + price.formatted("2") + "]}")))
                .containsExactly("prices[1] duplicate_price");
    }

    private Aggregator aggregator(String definition) {
        return aggregators.create(Environment.LIVE, DefinitionJson.read(JSON.readTree(definition)));
    }

    private String create(String unitAmount) {
        Answer created = client.post("/v1/products", product(unitAmount));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.json().path("id").asString();
    }

    private String product(String unitAmount) {
        return """
                {"name":"Users","type":"seat","aggregator_id":"%s",
                 "prices":[{"currency":"EUR","price":{"model":"per_unit","unit_amount":"%s"}}]}""".formatted(users, unitAmount);
    }

    private static String unitAmount(JsonNode product) {
        return product.path("prices").get(0).path("price").path("unit_amount").asString();
    }

    private static List<String> ids(JsonNode list) {
        List<String> ids = new ArrayList<>();
        list.path("data").forEach(product -> ids.add(product.path("id").asString()));
        return ids;
    }

    private static List<String> errors(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        List<String> errors = new ArrayList<>();
        for (JsonNode error : answer.json().path("errors")) {
            errors.add(error.path("path").asString() + " " + error.path("code").asString());
        }
        return errors;
    }
}
