package io.meterline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.testing.ApiClient.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Statements over HTTP, on the whole server; every exchange is held against the API document. */
final class StatementRoutesTest extends StatementServer {

    @Test
    void anOpenStatementFollowsTheUsage() {
        String subscription = subscribe("2026-01-01T00:00:00Z", product(GRADUATED));
        push("a", "2026-01-05T00:00:00Z", "8");

        JsonNode open = only(statements(subscription));
        assertThat(open.path("status").asString()).isEqualTo("open");
        assertThat(open.path("total").asString()).isEqualTo("40.00");
        assertThat(open.at("/lines/0/quantity").asString()).isEqualTo("8");
        assertThat(open.at("/lines/0/breakdown/0/unit_amount").asString()).isEqualTo("5");
        assertThat(open.at("/lines/0/unit_name").asString()).isEqualTo("calls");

        at("2026-01-31T23:59:59Z");
        push("b", "2026-01-31T23:59:59Z", "4.5");
        push("c", "2026-02-01T00:00:00Z", "1000");
        JsonNode more = get(open.path("id").asString());
        assertThat(more.at("/lines/0/quantity").asString()).isEqualTo("12.5");
        assertThat(more.at("/lines/0/events").asInt()).isEqualTo(2);
        assertThat(more.path("total").asString()).isEqualTo("57.50");
    }

    @Test
    void theListHasTheNewestFirstAndAtFindsOne() {
        String subscription = subscribe("2025-11-01T00:00:00Z", product(GRADUATED));

        JsonNode page = client.get("/v1/subscriptions/" + subscription + "/statements?take=2")
                .json();
        assertThat(numbers(page)).containsExactly(3, 2);
        assertThat(page.at("/meta/total").asInt()).isEqualTo(3);
        JsonNode rest = client.get("/v1/subscriptions/" + subscription + "/statements?take=2&cursor="
                        + page.at("/meta/next_cursor").asString())
                .json();
        assertThat(numbers(rest)).containsExactly(1);
        Answer found = client.get("/v1/subscriptions/" + subscription + "/statements?at=2025-12-31T23:59:59Z");
        assertThat(found.json().path("number").asInt()).isEqualTo(2);
        for (String time : List.of("2025-10-31T00:00:00Z", "2026-02-01T00:00:00Z")) {
            assertThat(client.get("/v1/subscriptions/" + subscription + "/statements?at=" + time)
                            .code())
                    .isEqualTo("unknown_statement");
        }
    }

    @Test
    void aFlatFeeOfAShorterPeriodIsItsShareOfTheTime() {
        String base = id(created("/v1/products", """
                {"name":"Base","type":"flat_fee","prices":[{"currency":"EUR","price":{"model":"flat","amount":"31"}}]}"""));
        String body =
                "{\"customer_id\":\"acme\",\"starts_at\":\"2026-01-16T00:00:00Z\",\"anchor\":\"2026-01-01T00:00:00Z\","
                        + "\"products\":[{\"product_id\":\"" + base + "\"}]%s}";
        at("2026-01-20T00:00:00Z");

        JsonNode prorated = get(january(id(created("/v1/subscriptions", body.formatted("")))));
        assertThat(prorated.path("total").asString()).isEqualTo("16.00");
        assertThat(prorated.at("/lines/0/prorated_by").asString()).isEqualTo("0.516129032258064516");
        JsonNode whole = get(january(id(created("/v1/subscriptions", body.formatted(",\"prorate_flat_fees\":false")))));
        assertThat(whole.path("total").asString()).isEqualTo("31.00");
    }

    @Test
    void aChangeInTheMiddleMakesTwoStatementsOfThePeriod() {
        String product = product(EACH.formatted("2"));
        String subscription = subscribe("2026-01-01T00:00:00Z", product);
        push("a", "2026-01-05T00:00:00Z", "8");
        Answer changed = client.post(
                "/v1/subscriptions/" + subscription + "/change", """
                {"effective":"now","products":[{"product_id":"%s","overrides":[{"price":%s}]}]}""".formatted(product, EACH.formatted("1")));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        push("b", "2026-01-15T00:00:00Z", "10");

        assertThat(get(statement(subscription, 1)).path("total").asString()).isEqualTo("16.00");
        assertThat(get(statement(subscription, 2)).path("total").asString()).isEqualTo("10.00");
        assertThat(get(statement(subscription, 2)).at("/period/to").asString()).isEqualTo("2026-02-01T00:00:00Z");
    }

    @Test
    void eachEventIsPricedByTheFirstPriceWhoseFilterItPasses() {
        String filter =
                "{\"conditional\":\"and\",\"fields\":[{\"property\":\"region\",\"operator\":\"equals\",\"value\":\"%s\"}]}";
        String product = id(created("/v1/products", """
                {"name":"Calls","type":"dynamic","aggregator_id":"%s","prices":[
                 {"currency":"EUR","filter":%s,"price":%s},{"currency":"EUR","filter":%s,"price":%s}]}""".formatted(
                calls, filter.formatted("eu"), EACH.formatted("1"), filter.formatted("us"), EACH.formatted("2"))));
        String subscription = subscribe("2026-01-01T00:00:00Z", product);
        push("a", "2026-01-05T00:00:00Z", "8", ",\"region\":\"eu\"");
        push("b", "2026-01-05T00:00:00Z", "10", ",\"region\":\"us\"");
        push("c", "2026-01-05T00:00:00Z", "3", ",\"region\":\"mars\"");
        push("d", "2026-01-05T00:00:00Z", "4");

        JsonNode statement = get(january(subscription));
        assertThat(statement.path("lines")).hasSize(3);
        assertThat(statement.path("total").asString()).isEqualTo("28.00");
        assertThat(statement.at("/lines/2/unpriced").asBoolean()).isTrue();
        assertThat(statement.at("/lines/2/events").asInt()).isEqualTo(2);
        assertThat(statement.at("/lines/2/quantity").asString()).isEqualTo("7");
        assertThat(explained(january(subscription), "line=2")).containsExactly("b");
        assertThat(explained(january(subscription), "line=3")).containsExactlyInAnyOrder("c", "d");
    }

    @Test
    void anAdjustmentIsExplainedByWhatCameInSinceTheClose() {
        String subscription = subscribe("2026-01-01T00:00:00Z", product(EACH.formatted("2")));
        push("a", "2026-01-05T00:00:00Z", "8");
        at("2026-02-02T00:00:00Z");
        close(january(subscription));
        at("2026-02-03T00:00:00Z");
        push("b", "2026-01-06T00:00:00Z", "1");

        assertThat(explained(january(subscription), "line=1")).containsExactly("b", "a");
        assertThat(explained(february(subscription), "adjustment=1")).containsExactly("b");
        assertThat(client.get("/v1/statements/" + february(subscription) + "/explain?adjustment=2")
                        .code())
                .isEqualTo("unknown_line");
        assertThat(client.get("/v1/statements/" + february(subscription) + "/explain")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theRowsOfTheCsvAddUpToTheTotal() {
        String subscription = subscribe("2026-01-01T00:00:00Z", product(EACH.formatted("2")));
        push("a", "2026-01-05T00:00:00Z", "8");
        at("2026-02-02T00:00:00Z");
        close(january(subscription));
        push("b", "2026-01-06T00:00:00Z", "1");
        push("c", "2026-02-01T00:00:00Z", "5.25");

        Answer csv = client.get("/v1/statements/" + february(subscription) + "?format=csv");
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        List<String> rows = csv.text().lines().toList();
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0)).startsWith("statement_id,subscription_id,customer_id,external_customer_id,period_from");
        assertThat(rows.get(1)).contains(",open,line,1,").contains(",5.25,calls,1,0,10.5,10.50,EUR,,,");
        assertThat(rows.get(2))
                .contains(",open,adjustment,1,")
                .endsWith(",2.00,EUR," + january(subscription) + ",2026-01-01T00:00:00Z,2026-02-01T00:00:00Z");
    }

    @Test
    void noTextOfAStatementIsAFormulaInItsCsv() {
        created("/v1/customers", "{\"external_id\":\"=1+1\",\"currency\":\"EUR\"}");
        String product = id(created("/v1/products", """
                {"name":"@Calls","type":"dynamic","aggregator_id":"%s","prices":[
                 {"currency":"EUR","price":%s}]}""".formatted(calls, EACH.formatted("2"))));
        String subscription = id(created("/v1/subscriptions", """
                {"customer_id":"=1+1","starts_at":"2026-01-01T00:00:00Z","products":[{"product_id":"%s"}]}""".formatted(product)));
        created("/v1/events", """
                {"customer_id":"=1+1","event_type":"calls","timestamp":"2026-01-05T00:00:00Z","record":{"id":1,"n":-5}}""");

        String row = client.get("/v1/statements/" + january(subscription) + "?format=csv")
                .text()
                .lines()
                .toList()
                .get(1);
        assertThat(row).contains(",'=1+1,2026-").contains(",'@Calls,").contains(",-5,calls,1,0,-10,-10.00,EUR,");
    }

    @Test
    void aShareOfEachPaymentIsChargedInTheOrderOfTime() {
        String subscription = subscribe("2026-01-01T00:00:00Z", product("""
                {"model":"percentage","rate":"0.01","fixed_amount":"1","free_amount":"250"}"""));
        push("c", "2026-01-07T00:00:00Z", "200");
        push("a", "2026-01-05T00:00:00Z", "100");
        push("b", "2026-01-06T00:00:00Z", "200");

        JsonNode statement = get(january(subscription));
        assertThat(statement.path("total").asString()).isEqualTo("4.50");
        assertThat(statement.at("/lines/0/quantity").asString()).isEqualTo("500");
    }

    @Test
    void groupsAndWindowsArePricedAlone() {
        String subscription = subscribe("2026-01-01T00:00:00Z", product("""
                {"model":"package","package_size":"10","package_amount":"4","apply_per":{"group_by":["region"],"window":"day"}}"""));
        push("a", "2026-01-05T00:00:00Z", "1", ",\"region\":\"eu\"");
        push("b", "2026-01-05T10:00:00Z", "1", ",\"region\":\"eu\"");
        push("c", "2026-01-06T00:00:00Z", "11", ",\"region\":\"eu\"");
        push("d", "2026-01-06T00:00:00Z", "1", ",\"region\":\"us\"");

        JsonNode statement = get(january(subscription));
        assertThat(statement.path("total").asString()).isEqualTo("16.00");
        assertThat(statement.at("/lines/0/quantity").asString()).isEqualTo("14");
    }

    private List<String> explained(String statement, String what) {
        Answer found = client.get("/v1/statements/" + statement + "/explain?" + what);
        assertThat(found.status()).as(found.text()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        found.json()
                .path("data")
                .forEach(event -> ids.add(event.path("record_id").asString()));
        return ids;
    }
}
