package io.meterline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.testing.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Closes over HTTP: what is frozen, and what becomes of usage that comes or goes later. */
final class StatementCloseTest extends StatementServer {

    @Test
    void aClosedStatementStaysAndTheNextOneTakesWhatChanged() {
        String product = product(GRADUATED);
        String subscription = subscribe("2026-01-01T00:00:00Z", product);
        push("a", "2026-01-05T00:00:00Z", "8");
        push("b", "2026-01-06T00:00:00Z", "4");
        at("2026-02-02T00:00:00Z");
        JsonNode closed = close(january(subscription));
        assertThat(closed.path("total").asString()).isEqualTo("56.00");
        assertThat(closed.path("status").asString()).isEqualTo("closed");

        // Late, corrected and deleted usage, another price and another filter.
        push("c", "2026-01-20T00:00:00Z", "10");
        push("d", "2026-02-01T00:00:00Z", "1");
        assertThat(client.delete(
                                "/v1/events",
                                Map.of("matching", "record_ids", "event_type", "calls", "record_ids", List.of("b")))
                        .status())
                .isEqualTo(200);
        putPrice(product, EACH.formatted("100"));

        assertThat(get(january(subscription))).isEqualTo(closed);
        JsonNode february = get(february(subscription));
        // 18 calls cost 74 by the frozen price, 56 were billed.
        assertThat(february.at("/adjustments/0/amount").asString()).isEqualTo("18.00");
        assertThat(february.at("/adjustments/0/billed").asString()).isEqualTo("56.00");
        assertThat(february.at("/adjustments/0/due").asString()).isEqualTo("74.00");
        assertThat(february.at("/adjustments/0/statement_id").asString()).isEqualTo(january(subscription));
        assertThat(february.at("/lines/0/amount").asString()).isEqualTo("100.00");
        assertThat(february.path("total").asString()).isEqualTo("118.00");

        // Frozen with the statement that it stands on; the next one starts from there.
        at("2026-03-02T00:00:00Z");
        JsonNode second = close(february(subscription));
        assertThat(second.path("total").asString()).isEqualTo("118.00");
        assertThat(get(statement(subscription, 3)).path("adjustments")).isEmpty();
        push("a", "2026-01-05T00:00:01Z", "0");
        JsonNode march = get(statement(subscription, 3));
        // 10 calls cost 50; 74 were billed.
        assertThat(march.at("/adjustments/0/amount").asString()).isEqualTo("-24.00");
        assertThat(march.path("total").asString()).isEqualTo("-24.00");
    }

    @Test
    void closingIsInOrderAndAfterThePeriodAndAgainIsTheSame() {
        String subscription = subscribe("2025-12-01T00:00:00Z", product(GRADUATED));
        String first = statement(subscription, 1);

        assertThat(client.post("/v1/statements/" + statement(subscription, 2) + "/close")
                        .code())
                .isEqualTo("period_not_over");
        at("2026-02-01T00:00:00Z");
        assertThat(client.post("/v1/statements/" + statement(subscription, 2) + "/close")
                        .code())
                .isEqualTo("earlier_statement_open");
        JsonNode closed = close(first);
        at("2026-03-01T00:00:00Z");
        assertThat(close(first)).isEqualTo(closed);
        assertThat(close(statement(subscription, 2)).path("number").asInt()).isEqualTo(2);
        assertThat(client.get("/v1/statements/" + statement(subscription, 9)).code())
                .isEqualTo("unknown_statement");
        assertThat(client.post("/v1/statements/" + statement(subscription, 9) + "/close")
                        .code())
                .isEqualTo("period_not_begun");
        for (String unknown : List.of("sta_1", statement("sub_" + "0".repeat(24), 1))) {
            assertThat(client.get("/v1/statements/" + unknown).code()).isEqualTo("unknown_statement");
            assertThat(client.post("/v1/statements/" + unknown + "/close").code())
                    .isEqualTo("unknown_statement");
        }
        assertThat(client.get("/v1/subscriptions/sub_0/statements").code()).isEqualTo("unknown_subscription");
    }

    @Test
    void aPeriodThatWillNeverBeginHasNoStatement() {
        String subscription = id(created("/v1/subscriptions", """
                {"customer_id":"acme","starts_at":"2026-02-01T00:00:00Z","ends_at":"2026-03-10T00:00:00Z",
                 "products":[{"product_id":"%s"}]}""".formatted(product(GRADUATED))));

        for (int number : List.of(1, 2)) {
            Answer early = client.post("/v1/statements/" + statement(subscription, number) + "/close");
            assertThat(early.status()).isEqualTo(422);
            assertThat(early.code()).isEqualTo("period_not_begun");
        }
        assertThat(client.post("/v1/statements/" + statement(subscription, 3) + "/close")
                        .code())
                .isEqualTo("unknown_statement");
    }

    @Test
    void whatThereIsAtTheEndOfAPeriodIsMeasuredOnceAndNeverAdjusted() {
        String users = id(created("/v1/aggregators", """
                {"name":"Users","event_type":"users","operation":"count","filter":{"conditional":"and","fields":[
                 {"property":"deleted_at","operator":"is_null"}]}}"""));
        String seats = id(created("/v1/products", """
                {"name":"Users","type":"seat","aggregator_id":"%s","prices":[{"currency":"EUR","price":%s}]}""".formatted(users, EACH.formatted("5"))));
        String subscription = id(created("/v1/subscriptions", """
                {"customer_id":"acme","starts_at":"2026-01-01T00:00:00Z","metering":"all_time",
                 "products":[{"product_id":"%s"}]}""".formatted(seats)));
        user("u1", "2024-05-01T00:00:00Z", "");
        user("u2", "2026-01-10T00:00:00Z", "");
        user("u3", "2026-01-11T00:00:00Z", "");
        assertThat(get(january(subscription)).path("total").asString()).isEqualTo("15.00");
        user("u3", "2026-01-12T00:00:00Z", ",\"deleted_at\":\"2026-01-12\"");
        user("u4", "2026-01-14T00:00:00Z", "");
        assertThat(get(january(subscription)).path("total").asString()).isEqualTo("15.00");

        at("2026-02-01T00:00:30Z");
        JsonNode measured = get(january(subscription));
        assertThat(measured.path("measured_at").asString()).isEqualTo("2026-02-01T00:00:30Z");
        user("u5", "2026-01-20T00:00:00Z", "");
        at("2026-02-03T00:00:00Z");
        assertThat(get(january(subscription))).isEqualTo(measured);
        assertThat(close(january(subscription)).path("total").asString()).isEqualTo("15.00");
        JsonNode february = get(february(subscription));
        assertThat(february.path("adjustments")).isEmpty();
        assertThat(february.path("total").asString()).isEqualTo("20.00");
    }

    @Test
    void usageThatComesAfterTheEndIsAdjustedByAStatementOfItsOwn() {
        String subscription = id(created("/v1/subscriptions", """
                {"customer_id":"acme","starts_at":"2026-01-01T00:00:00Z","ends_at":"2026-02-01T00:00:00Z",
                 "products":[{"product_id":"%s"}]}""".formatted(product(EACH.formatted("2")))));
        push("a", "2026-01-05T00:00:00Z", "8");
        at("2026-02-02T00:00:00Z");
        close(january(subscription));
        assertThat(only(statements(subscription)).path("number").asInt()).isEqualTo(1);
        assertThat(client.get("/v1/statements/" + february(subscription)).code())
                .isEqualTo("unknown_statement");

        push("b", "2026-01-06T00:00:00Z", "1");
        assertThat(numbers(statements(subscription))).containsExactly(2, 1);
        JsonNode closed = close(february(subscription));
        assertThat(closed.path("total").asString()).isEqualTo("2.00");
        assertThat(closed.path("lines")).isEmpty();
        assertThat(numbers(statements(subscription))).containsExactly(2, 1);
        push("b", "2026-01-07T00:00:00Z", "0");
        assertThat(close(statement(subscription, 3)).path("total").asString()).isEqualTo("-2.00");
    }

    @Test
    void aProductThatLostItsPriceCannotBeClosed() {
        String product = product(EACH.formatted("2"));
        String subscription = subscribe("2026-01-01T00:00:00Z", product);
        push("a", "2026-01-05T00:00:00Z", "8");
        Answer put = client.put("/v1/products/" + product, """
                {"name":"Calls","type":"dynamic","aggregator_id":"%s","prices":[{"currency":"USD","price":%s}]}""".formatted(calls, EACH.formatted("2")));
        assertThat(put.status()).as(put.text()).isEqualTo(200);
        at("2026-02-02T00:00:00Z");

        assertThat(get(january(subscription)).at("/lines/0/unpriced").asBoolean())
                .isTrue();
        assertThat(client.post("/v1/statements/" + january(subscription) + "/close")
                        .code())
                .isEqualTo("no_price");
        putPrice(product, EACH.formatted("3"));
        assertThat(close(january(subscription)).path("total").asString()).isEqualTo("24.00");
    }

    @Test
    void whatIsErasedIsNotCredited() {
        String subscription = subscribe("2026-01-01T00:00:00Z", product(EACH.formatted("2")));
        String customer = only(statements(subscription)).path("customer_id").asString();
        push("a", "2026-01-05T00:00:00Z", "8");
        at("2026-02-02T00:00:00Z");
        JsonNode closed = close(january(subscription));
        String export = client.get("/v1/customers/" + customer + "/export").text();
        assertThat(export)
                .contains("{\"type\":\"subscription\",")
                .contains("\"statement\":{\"id\":\"" + january(subscription));

        Answer erased = client.post("/v1/customers/" + customer + "/erase");
        assertThat(erased.status()).as(erased.text()).isEqualTo(200);
        assertThat(get(january(subscription)).path("total")).isEqualTo(closed.path("total"));
        assertThat(get(february(subscription)).path("total").asString()).isEqualTo("0.00");
        assertThat(client.get("/v1/subscriptions/" + subscription)
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("ended");
    }

    private void user(String id, String time, String more) {
        created("/v1/events", """
                {"customer_id":"acme","event_type":"users","timestamp":"%s","record":{"id":"%s"%s}}""".formatted(time, id, more));
    }
}
