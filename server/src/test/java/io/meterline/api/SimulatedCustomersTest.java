package io.meterline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.testing.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who is simulated by which prices over which periods, over HTTP. */
final class SimulatedCustomersTest extends SimulationServer {

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

    private void counting() {
        Answer edited = client.put("/v1/aggregators/" + calls, """
                {"name":"Calls","event_type":"calls","operation":"count"}""");
        assertThat(edited.status()).as(edited.text()).isEqualTo(200);
    }

    private String subscribe(String customer, String product, String more, String overrides) {
        if (client.get("/v1/customers/" + customer).status() == 404) {
            created("/v1/customers", "{\"external_id\":\"" + customer + "\"}");
        }
        String start = more.contains("starts_at") ? "" : ",\"starts_at\":\"2025-01-01T00:00:00Z\"";
        return id(created("/v1/subscriptions", """
                {"customer_id":"%s",%s%s,"products":[{"product_id":"%s"%s}]}""".formatted(customer, more, start, product, overrides)));
    }

    private void user(String customer, String time) {
        created("/v1/events", """
                {"customer_id":"%s","event_type":"users","timestamp":"%s","record":{"id":%d}}""".formatted(customer, time, ++events));
    }
}
