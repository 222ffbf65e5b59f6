package io.meterline.console.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.console.subscription.Subscription.OnProduct;
import io.meterline.console.subscription.Subscription.Override;
import io.meterline.http.Fields;
import io.meterline.http.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From the form to the API's JSON and back. */
final class FormFieldsTest {

    @Test
    void timesAreThoseOfTheTimeZone() {
        JsonNode body = FormFields.whole(
                Fields.of(Map.of("customer", "acme", "starts_at", "2026-02-01T00:00", "time_zone", "Europe/Paris")),
                "Europe/Paris");

        assertThat(body.path("starts_at").asString()).isEqualTo("2026-01-31T23:00:00Z");
        assertThat(body.path("ends_at").isNull()).isTrue();
        assertThat(body.path("close_after").asString()).isEqualTo("manual");
        assertThat(body.path("prorate_flat_fees").asBoolean()).isFalse();
    }

    @Test
    void anOwnPriceGoesWithItsProduct() {
        JsonNode body = FormFields.whole(
                Fields.of(Map.of("product", "prd_1", "own.prd_1", "per_unit", "own_amount.prd_1", "1,234.50")), "UTC");

        assertThat(body.at("/products/0/overrides/0/price"))
                .isEqualTo(json("{\"model\":\"per_unit\",\"unit_amount\":\"1234.50\"}"));
    }

    @Test
    void aSubscriptionThatIsShownIsSentAsItIs() {
        JsonNode tiers = json("{\"model\":\"volume\",\"tiers\":[{\"unit_amount\":\"1\"}]}");
        Subscription shown = new Subscription(
                "sub_1",
                "cus_1",
                "acme",
                "mine",
                "EUR",
                List.of(
                        new OnProduct("prd_1", List.of()),
                        new OnProduct(
                                "prd_2", List.of(new Override(null, json("{\"model\":\"flat\",\"amount\":\"9\"}")))),
                        new OnProduct("prd_3", List.of(new Override(null, tiers)))),
                Instant.parse("2026-01-31T23:00:00Z"),
                Instant.parse("2027-01-31T23:00:00Z"),
                new Interval("months", 3),
                Instant.parse("2026-01-31T23:00:00Z"),
                "Europe/Paris",
                "all_time",
                "PT12H",
                true,
                "scheduled",
                null,
                null,
                null,
                Instant.EPOCH);
        Map<String, String> fields = new LinkedHashMap<>(FormFields.of(shown));
        fields.put("product", "prd_3");

        JsonNode body = FormFields.whole(Fields.of(fields), "Europe/Paris");

        assertThat(body.path("starts_at").asString()).isEqualTo("2026-01-31T23:00:00Z");
        assertThat(body.path("ends_at").asString()).isEqualTo("2027-01-31T23:00:00Z");
        assertThat(body.path("anchor").isNull()).isTrue();
        assertThat(body.path("interval")).isEqualTo(json("{\"period\":\"months\",\"count\":3}"));
        assertThat(body.path("close_after").asString()).isEqualTo("PT12H");
        assertThat(body.path("metering").asString()).isEqualTo("all_time");
        assertThat(body.at("/products/0/overrides/0/price")).isEqualTo(tiers);
        assertThat(fields).containsEntry("own.prd_2", "flat").containsEntry("own_amount.prd_2", "9");
        assertThat(fields).doesNotContainKey("own.prd_1");
    }

    private static JsonNode json(String text) {
        return Json.mapper().readTree(text);
    }
}
