package io.meterline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.testing.ApiClient.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What events would cost, over HTTP; what is said must be what a push then changes. */
final class EventPriceRoutesTest extends StatementServer {

    @Test
    void anEventIsWorthWhatItWouldChange() {
        String subscription = subscribe("2026-01-01T00:00:00Z", product(GRADUATED));
        push("a", "2026-01-05T00:00:00Z", "8");

        JsonNode answer = simulate(event("acme", "b", "2026-01-06T00:00:00Z", "4"), "");
        assertThat(answer.path("id").asString()).startsWith("cal_");
        JsonNode line = answer.at("/result/0");
        assertThat(answer.path("result")).hasSize(1);
        assertThat(answer.path("unpriced")).isEmpty();
        assertThat(line.path("subscription_id").asString()).isEqualTo(subscription);
        assertThat(line.path("statement_id").asString()).isEqualTo(january(subscription));
        assertThat(line.path("quantity").asString()).isEqualTo("4");
        assertThat(line.path("amount").asString()).isEqualTo("16.00");
        assertThat(line.path("exact_amount").asString()).isEqualTo("16");
        assertThat(total(january(subscription))).isEqualTo("40.00");

        push("b", "2026-01-06T00:00:00Z", "4");
        assertThat(total(january(subscription))).isEqualTo("56.00");
    }

    @Test
    void aReplacedVersionGoesAlsoFromAnotherCustomer() {
        String product = product(EACH.formatted("2"));
        String subscription = subscribe("2026-01-01T00:00:00Z", product);
        created("/v1/customers", "{\"external_id\":\"other\",\"currency\":\"EUR\"}");
        String others = id(created("/v1/subscriptions", """
                {"customer_id":"other","starts_at":"2026-01-01T00:00:00Z","products":[{"product_id":"%s"}]}""".formatted(product)));
        push("a", "2026-01-05T00:00:00Z", "8");

        JsonNode moved = simulate("[" + event("other", "a", "2026-01-07T00:00:00Z", "5") + "]", "");
        assertThat(amounts(moved)).containsExactlyInAnyOrder(subscription + " -16.00", others + " 10.00");
        assertThat(amounts(simulate("[" + event("other", "a", "2026-01-04T00:00:00Z", "5") + "]", "")))
                .as("an older version changes nothing")
                .noneMatch(one -> !one.endsWith(" 0.00"));
        assertThat(amounts(simulate(event("other", "a", "2026-01-07T00:00:00Z", "5"), "?subscription_id=" + others)))
                .containsExactly(others + " 10.00");
        assertThat(amounts(simulate(event("other", "a", "2026-01-07T00:00:00Z", "5"), "?product_id=prd_0")))
                .isEmpty();
    }

    @Test
    void whatNoPriceTakesIsNamed() {
        String eu =
                "{\"conditional\":\"and\",\"fields\":[{\"property\":\"region\",\"operator\":\"equals\",\"value\":\"eu\"}]}";
        String product = id(created("/v1/products", """
                {"name":"Calls","type":"dynamic","aggregator_id":"%s","prices":[{"currency":"EUR","filter":%s,"price":%s}]}""".formatted(calls, eu, EACH.formatted("1"))));
        subscribe("2026-01-01T00:00:00Z", product);

        JsonNode answer = simulate(
                "[" + event("acme", "a", "2026-01-06T00:00:00Z", "4") + ","
                        + event("acme", "b", "2025-12-06T00:00:00Z", "4") + ","
                        + event("nobody", "c", "2026-01-06T00:00:00Z", "4")
                        + "]",
                "");
        assertThat(answer.path("result")).isEmpty();
        assertThat(answer.at("/unpriced/0/reason").asString()).isEqualTo("no_price");
        assertThat(answer.at("/unpriced/1/reason").asString()).isEqualTo("no_subscription");
        assertThat(answer.at("/unpriced/2/reason").asString()).isEqualTo("unknown_customer");
        assertThat(client.get("/v1/customers/nobody").status()).isEqualTo(404);
    }

    @Test
    void anEventOfAClosedPeriodIsWorthItsAdjustment() {
        String product = product(EACH.formatted("2"));
        String subscription = subscribe("2026-01-01T00:00:00Z", product);
        push("a", "2026-01-05T00:00:00Z", "8");
        at("2026-02-02T00:00:00Z");
        assertThat(client.post("/v1/statements/" + january(subscription) + "/close")
                        .status())
                .isEqualTo(200);
        putPrice(product, EACH.formatted("100"));

        JsonNode answer = simulate(event("acme", "b", "2026-01-06T00:00:00Z", "4"), "");
        assertThat(amounts(answer)).containsExactly(subscription + " 8.00");
        push("b", "2026-01-06T00:00:00Z", "4");
        assertThat(total(statement(subscription, 2))).isEqualTo("8.00");
    }

    @Test
    void wrongEventsAreAllNamedAndNothingIsKeptOfThem() {
        Answer answer = client.post(
                "/v1/events/simulate-prices",
                "[" + event("acme", "a", "yesterday", "4") + ",{\"customer_id\":\"acme\"}]");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/path").asString()).isEqualTo("[0].timestamp");
        assertThat(answer.json().at("/errors/1/path").asString()).startsWith("[1]");
        assertThat(client.get("/v1/events/rejected").json().path("data")).isEmpty();
    }

    private JsonNode simulate(String body, String query) {
        Answer answer = client.post("/v1/events/simulate-prices" + query, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static String event(String customer, String id, String time, String n) {
        return """
                {"customer_id":"%s","event_type":"calls","timestamp":"%s","record":{"id":"%s","n":%s}}""".formatted(customer, time, id, n);
    }

    private static List<String> amounts(JsonNode answer) {
        List<String> amounts = new ArrayList<>();
        answer.path("result")
                .forEach(line -> amounts.add(line.path("subscription_id").asString() + " "
                        + line.path("amount").asString()));
        return amounts;
    }

    private String total(String statement) {
        Answer found = client.get("/v1/statements/" + statement);
        assertThat(found.status()).as(found.text()).isEqualTo(200);
        return found.json().path("total").asString();
    }
}
