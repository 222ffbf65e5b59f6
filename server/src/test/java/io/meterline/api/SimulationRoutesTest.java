package io.meterline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.testing.ApiClient.Answer;
import io.meterline.testing.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Simulations over HTTP, on the whole server: what can be asked and what comes back; every exchange is held against the API document. */
final class SimulationRoutesTest extends SimulationServer {

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
}
