package io.meterline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.testing.ApiClient;
import io.meterline.testing.ApiClient.Answer;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /v1/subscriptions} over HTTP; every exchange is held against the API document. */
final class SubscriptionRoutesTest extends SubscriptionServer {

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
    void itsTermsAreShownOverTime() {
        String id = id(create(",\"starts_at\":\"2026-02-05T00:00:00Z\""));
        ok(client.post(
                "/v1/subscriptions/" + id + "/change",
                "{\"effective\":\"now\",\"products\":[{\"product_id\":\"" + base + "\"}]}"));

        JsonNode terms = client.get("/v1/subscriptions/" + id + "/terms").json().path("data");

        assertThat(terms.size()).isEqualTo(2);
        assertThat(terms.at("/0/effective_at").asString()).isEqualTo("2026-02-10T00:00:00Z");
        assertThat(terms.at("/0/products/0/product_id").asString()).isEqualTo(base);
        assertThat(terms.at("/1/effective_at").asString()).isEqualTo("2026-02-05T00:00:00Z");
        assertThat(terms.at("/1/anchor").asString()).isEqualTo("2026-02-05T00:00:00Z");
        assertThat(terms.at("/1/products/0/product_id").asString()).isEqualTo(users);
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

    private Answer send(String fields) {
        return client.post(
                "/v1/subscriptions",
                "{\"customer_id\":\"acme\",\"products\":[{\"product_id\":\"" + users + "\"}]," + fields + "}");
    }
}
