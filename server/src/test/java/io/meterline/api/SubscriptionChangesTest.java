package io.meterline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.testing.ApiClient.Answer;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How a subscription is changed, canceled and edited over HTTP. */
final class SubscriptionChangesTest extends SubscriptionServer {

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
    void subscriptionsAreListedByAProductThatTheyHaveOrWillHave() {
        String both = id(create(",\"starts_at\":\"2026-02-01T00:00:00Z\",\"time_zone\":\"UTC\""));
        String left = id(create(",\"starts_at\":\"2026-01-01T00:00:00Z\",\"time_zone\":\"UTC\""));
        change(both, "\"effective\":\"next_period\",\"products\":[{\"product_id\":\"" + base + "\"}]");
        change(left, "\"effective\":\"now\",\"products\":[{\"product_id\":\"" + base + "\"}]");

        assertThat(list("?product_id=" + base)).containsExactly(left, both);
        assertThat(list("?product_id=" + users)).containsExactly(both);
        assertThat(list("?product_id=%25")).isEmpty();
        now.set(Instant.parse("2026-03-05T00:00:00Z"));
        assertThat(list("?product_id=" + users)).isEmpty();
    }

    private JsonNode change(String id, String fields) {
        return ok(client.post("/v1/subscriptions/" + id + "/change", "{" + fields + "}"));
    }
}
