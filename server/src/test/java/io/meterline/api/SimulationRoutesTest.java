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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Simulations over HTTP, on the whole server; every exchange is held against the API document. */
final class SimulationRoutesTest {

    private static final String GRADUATED =
            "{\"model\":\"graduated\",\"tiers\":[{\"up_to\":\"10\",\"unit_amount\":\"5\"},{\"up_to\":null,\"unit_amount\":\"3\"}]}";
    private static final String EACH = "{\"model\":\"per_unit\",\"unit_amount\":\"%s\"}";
    private static final String FOUR = "{\"name\":\"four\",\"price\":" + EACH.formatted("4") + "}";

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-04-10T00:00:00Z"));
    private TestServer server;
    private ApiClient client;
    private String calls;
    private int events;

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

    @Test
    void theLastCompleteMonthsArePricedForEverybodyWithUsage() {
        String product = product(price("EUR", GRADUATED));
        push("acme", "2026-01-05T00:00:00Z", "8");
        push("acme", "2026-03-31T23:59:59Z", "12");
        push("beta", "2026-02-01T00:00:00Z", "20");
        push("late", "2026-04-01T00:00:00Z", "1000");
        push("early", "2025-12-31T23:59:59Z", "1000");

        JsonNode done = simulate("""
                {"product_id":"%s","periods":3,"candidates":[%s,{"name":"same","price":%s}]}""".formatted(product, FOUR, GRADUATED));

        // acme: 40, 0 and 56 against 32, 0 and 48; beta from February on: 80 and 0 against 80 and 0.
        JsonNode result = done.path("result");
        assertThat(result.path("from").asString()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(result.path("to").asString()).isEqualTo("2026-04-01T00:00:00Z");
        assertThat(result.path("simulated").asInt()).isEqualTo(2);
        assertThat(result.path("periods").asInt()).isEqualTo(5);
        assertThat(result.at("/baseline/amount").asString()).isEqualTo("176.00");
        JsonNode four = result.at("/candidates/0");
        assertThat(four.path("amount").asString()).isEqualTo("160.00");
        assertThat(four.path("difference").asString()).isEqualTo("-16.00");
        assertThat(four.path("difference_percent").asString()).isEqualTo("-9.09");
        assertThat(four.at("/winners/count").asInt()).isEqualTo(1);
        assertThat(four.at("/winners/difference").asString()).isEqualTo("-16.00");
        assertThat(four.at("/losers/count").asInt()).isZero();
        assertThat(four.path("unchanged").asInt()).isEqualTo(1);
        assertThat(four.at("/largest_decrease/external_customer_id").asString()).isEqualTo("acme");
        assertThat(four.path("largest_increase").isNull()).isTrue();
        // 16.67 % less.
        assertThat(counts(four.path("distribution"))).containsExactly(0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(result.at("/candidates/1/unchanged").asInt()).isEqualTo(2);
        assertThat(column(result.path("series"), "/month")).containsExactly("2026-01", "2026-02", "2026-03");
        assertThat(column(result.path("series"), "/baseline")).containsExactly("40.00", "80.00", "56.00");
        assertThat(column(result.path("series"), "/candidates/0/amount")).containsExactly("32.00", "80.00", "48.00");
        assertThat(column(result.path("series"), "/quantity")).containsExactly("8", "20", "12");

        JsonNode customers = customers(done, "");
        assertThat(column(customers.path("data"), "/external_customer_id")).containsExactly("beta", "acme");
        assertThat(column(customers.path("data"), "/candidates/0/difference")).containsExactly("0.00", "-16.00");
        assertThat(column(customers(done, "?order=asc").path("data"), "/external_customer_id"))
                .containsExactly("acme", "beta");
        assertThat(column(customers(done, "?change=winner&candidate=four").path("data"), "/baseline"))
                .containsExactly("96.00");
        assertThat(customers(done, "?change=winner&candidate=same")
                        .at("/meta/total")
                        .asInt())
                .isZero();
        JsonNode first = customers(done, "?take=1");
        assertThat(first.at("/meta/total").asInt()).isEqualTo(2);
        assertThat(column(
                        customers(
                                        done,
                                        "?take=1&cursor="
                                                + first.at("/meta/next_cursor").asString())
                                .path("data"),
                        "/external_customer_id"))
                .containsExactly("acme");

        List<String> csv = csv(done);
        assertThat(csv).hasSize(6);
        assertThat(csv.getFirst())
                .isEqualTo(
                        "customer_id,external_customer_id,subscription_id,from,to,quantity,events,currency,baseline,four,same");
        assertThat(csv.get(1)).endsWith(",acme,,2026-01-01T00:00:00Z,2026-02-01T00:00:00Z,8,1,EUR,40.00,32.00,40.00");
        assertThat(csv.get(2)).endsWith(",acme,,2026-02-01T00:00:00Z,2026-03-01T00:00:00Z,0,0,EUR,0.00,0.00,0.00");
        assertThat(client.get("/v1/simulations").json().at("/data/0/id")).isEqualTo(done.path("id"));
    }

    @Test
    void whatIsPaidNowIsTheOverridesOrThePriceForTheInterval() {
        String product = product(price("EUR", EACH.formatted("5")) + ","
                + "{\"currency\":\"EUR\",\"interval\":{\"period\":\"years\"},\"price\":" + EACH.formatted("2") + "},"
                + price("USD", EACH.formatted("7")));
        subscribe("own", product, "\"currency\":\"EUR\"", ",\"overrides\":[{\"price\":" + EACH.formatted("1") + "}]");
        subscribe("yearly", product, "\"currency\":\"EUR\",\"interval\":{\"period\":\"years\"}", "");
        subscribe("dollars", product, "\"currency\":\"USD\"", "");
        for (String customer : List.of("own", "yearly", "dollars", "nobody")) {
            push(customer, "2026-03-05T00:00:00Z", "10");
        }

        JsonNode done =
                simulate("{\"product_id\":\"%s\",\"currency\":\"EUR\",\"candidates\":[%s]}".formatted(product, FOUR));

        assertThat(done.at("/result/skipped").toString()).isEqualTo("[{\"reason\":\"other_currency\",\"count\":1}]");
        JsonNode customers = customers(done, "").path("data");
        assertThat(column(customers, "/external_customer_id")).containsExactly("own", "yearly", "nobody");
        assertThat(column(customers, "/baseline")).containsExactly("10.00", "20.00", "50.00");
        assertThat(column(customers, "/candidates/0/change")).containsExactly("loser", "loser", "winner");
        assertThat(column(customers, "/candidates/0/difference_percent")).containsExactly("300.00", "100.00", "-20.00");
        JsonNode four = done.at("/result/candidates/0");
        assertThat(counts(four.path("distribution"))).containsExactly(0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2);
        assertThat(client.post(
                                "/v1/simulations",
                                "{\"product_id\":\"%s\",\"candidates\":[%s]}".formatted(product, FOUR))
                        .json()
                        .at("/errors/0/path")
                        .asString())
                .isEqualTo("currency");
    }

    @Test
    void subscriptionsArePricedByTheirOwnPeriods() {
        String product = product(price("EUR", GRADUATED));
        String acme = subscribe("acme", product, "\"currency\":\"EUR\",\"starts_at\":\"2026-01-15T00:00:00Z\"", "");
        String ended = subscribe("beta", product, "\"currency\":\"EUR\",\"ends_at\":\"2026-03-01T00:00:00Z\"", "");
        subscribe("young", product, "\"currency\":\"EUR\",\"starts_at\":\"2026-04-01T00:00:00Z\"", "");
        push("acme", "2026-01-14T23:59:59Z", "1000");
        push("acme", "2026-01-15T00:00:00Z", "1");
        push("acme", "2026-03-14T00:00:00Z", "20");
        push("acme", "2026-03-15T00:00:00Z", "1000");

        JsonNode done = simulate(
                "{\"product_id\":\"%s\",\"by\":\"subscription\",\"candidates\":[%s]}".formatted(product, FOUR));

        assertThat(ended).startsWith("sub_");
        assertThat(done.at("/result/skipped").toString())
                .isEqualTo("[{\"reason\":\"subscription_ended\",\"count\":1},"
                        + "{\"reason\":\"no_complete_period\",\"count\":1}]");
        JsonNode customers = customers(done, "").path("data");
        assertThat(column(customers, "/subscription_id")).containsExactly(acme);
        assertThat(column(customers, "/baseline")).containsExactly("85.00");
        assertThat(column(done.at("/result/series"), "/month")).containsExactly("2026-02", "2026-03");
        assertThat(column(done.at("/result/series"), "/baseline")).containsExactly("5.00", "80.00");
        assertThat(csv(done).get(1))
                .endsWith(",acme," + acme + ",2026-01-15T00:00:00Z,2026-02-15T00:00:00Z,1,1,EUR,5.00,4.00");
        // The same as the statements say.
        JsonNode statements =
                client.get("/v1/subscriptions/" + acme + "/statements").json().path("data");
        assertThat(column(statements, "/total")).endsWith("80.00", "5.00");
    }

    @Test
    void aPercentageOfAProductThatOnlyCountsByNowIsLeftOut() {
        String product = product(price("EUR", EACH.formatted("5")));
        String share = "{\"model\":\"percentage\",\"rate\":\"0.1\"}";
        subscribe("own", product, "\"currency\":\"EUR\"", ",\"overrides\":[{\"price\":" + share + "}]");
        subscribe("plain", product, "\"currency\":\"EUR\"", "");
        push("own", "2026-03-05T00:00:00Z", "10");
        push("plain", "2026-03-05T00:00:00Z", "10");
        push("plain", "2026-03-06T00:00:00Z", "10");
        String shared = product(price("EUR", share));
        counting();

        for (String by : List.of("subscription", "calendar_month")) {
            JsonNode done =
                    simulate("{\"product_id\":\"%s\",\"by\":\"%s\",\"candidates\":[%s]}".formatted(product, by, FOUR));

            assertThat(done.at("/result/skipped").toString())
                    .isEqualTo("[{\"reason\":\"aggregator_has_no_event_amounts\",\"count\":1}]");
            assertThat(column(customers(done, "").path("data"), "/external_customer_id"))
                    .containsExactly("plain");
            assertThat(done.at("/result/baseline/amount").asString()).isEqualTo("10.00");
        }
        JsonNode nobody = simulate("{\"product_id\":\"%s\",\"candidates\":[%s]}".formatted(shared, FOUR));
        assertThat(nobody.at("/result/skipped").toString())
                .isEqualTo("[{\"reason\":\"aggregator_has_no_event_amounts\",\"count\":2}]");
    }

    private void counting() {
        Answer edited = client.put("/v1/aggregators/" + calls, """
                {"name":"Calls","event_type":"calls","operation":"count"}""");
        assertThat(edited.status()).as(edited.text()).isEqualTo(200);
    }

    @Test
    void flatFeesAreSimulatedBySubscription() {
        String base = id(created("/v1/products", """
                {"name":"Base","type":"flat_fee","prices":[{"currency":"EUR","price":{"model":"flat","amount":"49"}}]}"""));
        subscribe("acme", base, "\"currency\":\"EUR\",\"starts_at\":\"2026-01-01T00:00:00Z\"", "");
        String body =
                "{\"product_id\":\"%s\",\"by\":\"%s\",\"candidates\":[{\"name\":\"59\",\"price\":{\"model\":\"flat\",\"amount\":\"59\"}}]}";

        JsonNode done = simulate(body.formatted(base, "subscription"));

        assertThat(done.at("/result/baseline/amount").asString()).isEqualTo("147.00");
        assertThat(done.at("/result/candidates/0/amount").asString()).isEqualTo("177.00");
        assertThat(client.post("/v1/simulations", body.formatted(base, "calendar_month"))
                        .code())
                .isEqualTo("needs_subscriptions");
    }

    @Test
    void pricesWithFiltersTakeTheirEventsAndTheRestIsUnpriced() {
        String eu =
                "{\"conditional\":\"and\",\"fields\":[{\"property\":\"region\",\"operator\":\"equals\",\"value\":\"eu\"}]}";
        String product =
                product("{\"currency\":\"EUR\",\"filter\":%s,\"price\":%s}".formatted(eu, EACH.formatted("5")));
        push("acme", "2026-03-05T00:00:00Z", "10", ",\"region\":\"eu\"");
        push("acme", "2026-03-06T00:00:00Z", "4", ",\"region\":\"us\"");
        push("other", "2026-03-06T00:00:00Z", "1", ",\"region\":\"us\"");

        JsonNode done = simulate("""
                {"product_id":"%s","candidates":[{"name":"both","prices":[
                  {"filter":%s,"price":%s},{"price":%s}]}]}""".formatted(product, eu, EACH.formatted("4"), EACH.formatted("1")));

        assertThat(done.at("/result/simulated").asInt()).isEqualTo(2);
        assertThat(done.at("/result/baseline/amount").asString()).isEqualTo("50.00");
        assertThat(done.at("/result/baseline/unpriced_events").asInt()).isEqualTo(2);
        assertThat(done.at("/result/candidates/0/amount").asString()).isEqualTo("45.00");
        assertThat(done.at("/result/candidates/0/unpriced_events").asInt()).isZero();
        assertThat(done.at("/result/candidates/0/from_zero/count").asInt()).isEqualTo(1);
        assertThat(done.path("candidates").get(0).path("prices")).hasSize(2);
    }

    @Test
    void mergedCustomersCountAsOne() {
        String product = product(price("EUR", GRADUATED));
        push("old", "2026-03-05T00:00:00Z", "8");
        push("new", "2026-03-06T00:00:00Z", "8");
        Answer merged = client.post("/v1/customers/old/merge", "{\"into\":\"new\"}");
        assertThat(merged.status()).as(merged.text()).isLessThan(300);

        JsonNode done = simulate("{\"product_id\":\"%s\",\"candidates\":[%s]}".formatted(product, FOUR));

        assertThat(column(customers(done, "").path("data"), "/external_customer_id"))
                .containsExactly("new");
        assertThat(done.at("/result/baseline/amount").asString()).isEqualTo("68.00");
        assertThat(customers(done, "?customer_id=old")
                        .at("/data/0/candidates/0/amount")
                        .asString())
                .isEqualTo("64.00");
    }

    @Test
    void allTimeCountsWhatThereWasBeforeTheEndOfEachPeriod() {
        String users =
                id(created("/v1/aggregators", "{\"name\":\"Users\",\"event_type\":\"users\",\"operation\":\"count\"}"));
        String product = id(created("/v1/products", """
                {"name":"Users","type":"seat","aggregator_id":"%s","prices":[%s]}""".formatted(users, price("EUR", EACH.formatted("5")))));
        subscribe(
                "acme",
                product,
                "\"currency\":\"EUR\",\"metering\":\"all_time\",\"starts_at\":\"2026-01-01T00:00:00Z\"",
                "");
        user("acme", "2025-06-01T00:00:00Z");
        user("acme", "2026-02-15T00:00:00Z");
        user("acme", "2026-04-05T00:00:00Z");

        for (String by : List.of("subscription", "calendar_month")) {
            JsonNode done = simulate("{\"product_id\":\"%s\",\"by\":\"%s\",\"periods\":3,\"candidates\":[%s]}"
                    .formatted(product, by, FOUR));

            assertThat(done.at("/result/approximate").asBoolean()).isTrue();
            assertThat(done.at("/result/simulated").asInt()).isEqualTo(1);
            assertThat(column(done.at("/result/series"), "/baseline")).containsExactly("5.00", "10.00", "10.00");
        }
    }

    @Test
    void allTimeTakesWhatWasMeasuredAtTheEndOfThePeriod() {
        String users =
                id(created("/v1/aggregators", "{\"name\":\"Users\",\"event_type\":\"users\",\"operation\":\"count\"}"));
        String product = id(created("/v1/products", """
                {"name":"Users","type":"seat","aggregator_id":"%s","prices":[%s]}""".formatted(users, price("EUR", EACH.formatted("5")))));
        String subscription = subscribe(
                "acme",
                product,
                "\"currency\":\"EUR\",\"metering\":\"all_time\",\"starts_at\":\"2026-01-01T00:00:00Z\"",
                "");
        user("acme", "2025-06-01T00:00:00Z");
        user("acme", "2026-02-15T00:00:00Z");
        JsonNode statements = client.get("/v1/subscriptions/" + subscription + "/statements")
                .json()
                .path("data");
        assertThat(column(statements, "/total")).containsExactly("10.00", "10.00", "10.00", "5.00");
        assertThat(client.delete(
                                "/v1/events",
                                Map.of("matching", "record_ids", "event_type", "users", "record_ids", List.of("1")))
                        .status())
                .isEqualTo(200);

        String body = "{\"product_id\":\"%s\",\"by\":\"%s\",\"periods\":3,\"candidates\":[%s]}";
        JsonNode measured = simulate(body.formatted(product, "subscription", FOUR));
        JsonNode today = simulate(body.formatted(product, "calendar_month", FOUR));

        assertThat(measured.at("/result/approximate").asBoolean()).isFalse();
        assertThat(column(measured.at("/result/series"), "/baseline")).containsExactly("5.00", "10.00", "10.00");
        assertThat(column(measured.at("/result/series"), "/candidates/0/amount"))
                .containsExactly("4.00", "8.00", "8.00");
        assertThat(today.at("/result/approximate").asBoolean()).isTrue();
        assertThat(column(today.at("/result/series"), "/baseline")).containsExactly("0.00", "5.00", "5.00");
    }

    @Test
    void oneCustomerIsAnsweredAtOnceAndNotKept() {
        String product = product(price("EUR", GRADUATED));
        push("acme", "2026-02-05T00:00:00Z", "12");
        push("other", "2026-02-05T00:00:00Z", "12");
        String body = "{\"product_id\":\"%s\",\"customers\":[\"acme\"],\"candidates\":[%s]%s}";

        Answer answer = client.post("/v1/simulations", body.formatted(product, FOUR, ""));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode run = answer.json();
        assertThat(run.path("dry_run").asBoolean()).isTrue();
        assertThat(run.at("/result/baseline/amount").asString()).isEqualTo("56.00");
        assertThat(column(run.at("/customers/0/periods"), "/baseline")).containsExactly("56.00", "0.00");
        assertThat(column(run.at("/customers/0/periods"), "/from"))
                .containsExactly("2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z");
        assertThat(client.get("/v1/simulations").json().path("data")).isEmpty();
        JsonNode kept = simulate(body.formatted(product, FOUR, ",\"dry_run\":false"));
        assertThat(kept.at("/result/baseline/amount").asString()).isEqualTo("56.00");
        assertThat(kept.at("/customers/0").asString()).startsWith("cus_");
    }

    @Test
    void hypotheticalQuantitiesArePricedAtOnce() {
        String product = product(price("EUR", GRADUATED));

        Answer answer = client.post("/v1/simulations", """
                {"product_id":"%s","quantities":["0",10,"12.5"],"candidates":[%s]}""".formatted(product, FOUR));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode quantities = answer.json().path("quantities");
        assertThat(column(quantities, "/quantity")).containsExactly("0", "10", "12.5");
        assertThat(column(quantities, "/baseline")).containsExactly("0.00", "50.00", "57.50");
        assertThat(column(quantities, "/candidates/0/difference")).containsExactly("0.00", "-10.00", "-7.50");
        assertThat(column(quantities, "/candidates/0/difference_percent")).containsExactly("", "-20.00", "-13.04");
    }

    @Test
    void everythingWrongWithARequestIsNamed() {
        assertThat(errors(400, "{}")).containsExactly("product_id required", "candidates required");
        assertThat(errors(400, """
                {"product_id":"p","baseline":"before","periods":61,"by":"day","time_zone":"Mars","currency":"XXX",
                 "customers":"some","what":1,"candidates":[{"name":"a","price":{"model":"flat"}},{"name":"a","price":%s},
                 {"price":%s,"prices":[]}]}""".formatted(EACH.formatted("1"), EACH.formatted("1"))))
                .containsExactlyInAnyOrder(
                        "what unknown_field",
                        "baseline invalid_value",
                        "periods invalid_value",
                        "by invalid_value",
                        "time_zone invalid_value",
                        "currency unknown_currency",
                        "customers invalid_value",
                        "candidates[0].price.amount required",
                        "candidates[1].name duplicate_name",
                        "candidates[2].name required",
                        "candidates[2].price invalid_value");
        assertThat(errors(422, "{\"product_id\":\"prd_0\",\"candidates\":[%s]}".formatted(FOUR)))
                .containsExactly("product_id unknown_product");
        String product = product(price("EUR", GRADUATED));
        assertThat(errors(
                        422,
                        "{\"product_id\":\"%s\",\"customers\":[\"acme\",\"x\"],\"candidates\":[%s]}"
                                .formatted(product, FOUR)))
                .containsExactly("customers[0] unknown_customer");
        assertThat(errors(
                        422,
                        "{\"product_id\":\"%s\",\"currency\":\"USD\",\"candidates\":[%s]}".formatted(product, FOUR)))
                .containsExactly("currency no_price");
        assertThat(errors(422, """
                {"product_id":"%s","quantities":[1],"candidates":[{"name":"a","price":{"model":"percentage","rate":"0.01"}}]}""".formatted(product))).containsExactly("candidates[0] quantities_not_possible");
        assertThat(errors(
                        400,
                        "{\"product_id\":\"%s\",\"quantities\":[1],\"customers\":\"all\",\"dry_run\":false,\"candidates\":[%s]}"
                                .formatted(product, FOUR)))
                .containsExactlyInAnyOrder("customers field_not_used", "dry_run invalid_value");
        assertThat(client.get("/v1/simulations/sim_0").code()).isEqualTo("unknown_simulation");
        assertThat(client.get("/v1/simulations/sim_0/customers").code()).isEqualTo("unknown_simulation");
        assertThat(client.get("/v1/simulations/sim_0/csv").code()).isEqualTo("unknown_simulation");
        assertThat(client.delete("/v1/simulations/sim_0").code()).isEqualTo("unknown_simulation");
        assertThat(client.post("/v1/simulations/sim_0/cancel").code()).isEqualTo("unknown_simulation");
    }

    @Test
    void noTextOfASimulationIsAFormulaInItsCsv() {
        String product = product(price("EUR", EACH.formatted("5")));
        push("=1+1", "2026-03-05T00:00:00Z", "-2");

        List<String> csv = csv(simulate("{\"product_id\":\"%s\",\"periods\":1,\"candidates\":[%s]}"
                .formatted(product, FOUR.replace("four", "-4%"))));

        assertThat(csv.getFirst()).endsWith(",baseline,'-4%");
        assertThat(csv.get(1)).endsWith(",'=1+1,,2026-03-01T00:00:00Z,2026-04-01T00:00:00Z,-2,1,EUR,-10.00,-8.00");
    }

    @Test
    void aResultOutlivesTheServerAndGoesWithItsSimulation() {
        String product = product(price("EUR", GRADUATED));
        push("acme", "2026-03-05T00:00:00Z", "12");
        JsonNode done = simulate("{\"product_id\":\"%s\",\"candidates\":[%s]}".formatted(product, FOUR));
        String id = id(done);

        server.close();
        server = TestServer.start(folder, Map.of(), now::get);
        client = server.client(Environment.TEST);

        assertThat(client.get("/v1/simulations/" + id).json()).isEqualTo(done);
        assertThat(csv(done)).hasSize(2);
        assertThat(customers(done, "?candidate=none", 400).code()).isEqualTo("unknown_candidate");
        assertThat(client.post("/v1/simulations/" + id + "/cancel")
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("succeeded");
        assertThat(client.delete("/v1/simulations/" + id).status()).isEqualTo(204);
        assertThat(client.get("/v1/simulations/" + id).code()).isEqualTo("unknown_simulation");
        assertThat(folder.resolve("simulations")).isEmptyDirectory();
        assertThat(server.client(Environment.LIVE).get("/v1/simulations").json().path("data"))
                .isEmpty();
    }

    private JsonNode simulate(String body) {
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

    private JsonNode customers(JsonNode simulation, String query) {
        return customers(simulation, query, 200).json();
    }

    private Answer customers(JsonNode simulation, String query, int status) {
        Answer found = client.get("/v1/simulations/" + id(simulation) + "/customers" + query);
        assertThat(found.status()).as(found.text()).isEqualTo(status);
        return found;
    }

    private List<String> csv(JsonNode simulation) {
        Answer found = client.get("/v1/simulations/" + id(simulation) + "/csv");
        assertThat(found.status()).as(found.text()).isEqualTo(200);
        return found.text().lines().toList();
    }

    private List<String> errors(int status, String body) {
        Answer refused = client.post("/v1/simulations", body);
        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        List<String> errors = new ArrayList<>();
        refused.json()
                .path("errors")
                .forEach(error -> errors.add(
                        error.path("path").asString() + " " + error.path("code").asString()));
        return errors;
    }

    private static List<String> column(JsonNode list, String pointer) {
        List<String> column = new ArrayList<>();
        list.forEach(row -> column.add(row.at(pointer).asString("")));
        return column;
    }

    private static List<Integer> counts(JsonNode distribution) {
        List<Integer> counts = new ArrayList<>();
        distribution.forEach(part -> counts.add(part.path("count").asInt()));
        return counts;
    }

    private static String price(String currency, String price) {
        return "{\"currency\":\"%s\",\"price\":%s}".formatted(currency, price);
    }

    private String product(String prices) {
        return id(created("/v1/products", """
                {"name":"Calls","type":"dynamic","aggregator_id":"%s","prices":[%s]}""".formatted(calls, prices)));
    }

    private String subscribe(String customer, String product, String more, String overrides) {
        if (client.get("/v1/customers/" + customer).status() == 404) {
            created("/v1/customers", "{\"external_id\":\"" + customer + "\"}");
        }
        String start = more.contains("starts_at") ? "" : ",\"starts_at\":\"2025-01-01T00:00:00Z\"";
        return id(created("/v1/subscriptions", """
                {"customer_id":"%s",%s%s,"products":[{"product_id":"%s"%s}]}""".formatted(customer, more, start, product, overrides)));
    }

    private void push(String customer, String time, String n) {
        push(customer, time, n, "");
    }

    private void push(String customer, String time, String n, String more) {
        created("/v1/events", """
                {"customer_id":"%s","event_type":"calls","timestamp":"%s","record":{"id":%d,"n":%s%s}}""".formatted(customer, time, ++events, n, more));
    }

    private void user(String customer, String time) {
        created("/v1/events", """
                {"customer_id":"%s","event_type":"users","timestamp":"%s","record":{"id":%d}}""".formatted(customer, time, ++events));
    }

    private JsonNode created(String path, String body) {
        Answer created = client.post(path, body);
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.json();
    }

    private static String id(JsonNode node) {
        return node.path("id").asString();
    }
}
