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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Statements over HTTP, on the whole server; every exchange is held against the API document. */
final class StatementRoutesTest {

    private static final String GRADUATED =
            "{\"model\":\"graduated\",\"tiers\":[{\"up_to\":\"10\",\"unit_amount\":\"5\"},{\"up_to\":null,\"unit_amount\":\"3\"}]}";
    private static final String EACH = "{\"model\":\"per_unit\",\"unit_amount\":\"%s\"}";

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>();
    private TestServer server;
    private ApiClient client;
    private String calls;

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

    private void at(String time) {
        now.set(Instant.parse(time));
    }

    private String product(String price) {
        return id(created("/v1/products", """
                {"name":"Calls","type":"dynamic","aggregator_id":"%s","prices":[{"currency":"EUR","price":%s}]}""".formatted(calls, price)));
    }

    private void putPrice(String product, String price) {
        Answer put = client.put("/v1/products/" + product, """
                {"name":"Calls","type":"dynamic","aggregator_id":"%s","prices":[{"currency":"EUR","price":%s}]}""".formatted(calls, price));
        assertThat(put.status()).as(put.text()).isEqualTo(200);
    }

    private String subscribe(String startsAt, String product) {
        return id(created("/v1/subscriptions", """
                {"customer_id":"acme","starts_at":"%s","products":[{"product_id":"%s"}]}""".formatted(startsAt, product)));
    }

    private void push(String id, String time, String n) {
        push(id, time, n, "");
    }

    private void push(String id, String time, String n, String more) {
        created("/v1/events", """
                {"customer_id":"acme","event_type":"calls","timestamp":"%s","record":{"id":"%s","n":%s%s}}""".formatted(time, id, n, more));
    }

    private void user(String id, String time, String more) {
        created("/v1/events", """
                {"customer_id":"acme","event_type":"users","timestamp":"%s","record":{"id":"%s"%s}}""".formatted(time, id, more));
    }

    private JsonNode close(String statement) {
        Answer closed = client.post("/v1/statements/" + statement + "/close");
        assertThat(closed.status()).as(closed.text()).isEqualTo(200);
        return closed.json();
    }

    private JsonNode get(String statement) {
        Answer found = client.get("/v1/statements/" + statement);
        assertThat(found.status()).as(found.text()).isEqualTo(200);
        return found.json();
    }

    private JsonNode statements(String subscription) {
        Answer found = client.get("/v1/subscriptions/" + subscription + "/statements");
        assertThat(found.status()).as(found.text()).isEqualTo(200);
        return found.json();
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

    private static List<Integer> numbers(JsonNode list) {
        List<Integer> numbers = new ArrayList<>();
        list.path("data")
                .forEach(statement -> numbers.add(statement.path("number").asInt()));
        return numbers;
    }

    private static JsonNode only(JsonNode list) {
        assertThat(list.path("data")).hasSize(1);
        return list.at("/data/0");
    }

    private static String january(String subscription) {
        return statement(subscription, 1);
    }

    private static String february(String subscription) {
        return statement(subscription, 2);
    }

    private static String statement(String subscription, int number) {
        return "sta_" + subscription.substring("sub_".length()) + "_" + number;
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
