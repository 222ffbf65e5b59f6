package io.meterline.console.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.http.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class PriceEditTest {

    private static final String GRADUATED = """
            {"model":"graduated","tiers":[{"up_to":"100","unit_amount":"5"},{"unit_amount":"3"}]}""";

    @Test
    void aNewTierIsTheOpenOneAndTheOneBeforeEndsTenTimesAsFar() {
        assertThat(edited(GRADUATED, "tier+")).isEqualTo(json("""
                {"model":"graduated","tiers":[{"up_to":"100","unit_amount":"5"},{"up_to":"1000","unit_amount":"3"},
                 {"unit_amount":"3"}]}"""));
    }

    @Test
    void withoutTheOpenTierTheOneBeforeIsOpen() {
        assertThat(edited(GRADUATED, "tier- 1"))
                .isEqualTo(json("{\"model\":\"graduated\",\"tiers\":[{\"unit_amount\":\"5\"}]}"));
        assertThat(edited("{\"model\":\"volume\",\"tiers\":[{\"unit_amount\":\"5\"}]}", "tier- 0")
                        .at("/tiers"))
                .hasSize(1);
    }

    @Test
    void anotherModelKeepsWhatMeansTheSame() {
        assertThat(edited(GRADUATED.replace("graduated", "per_unit"), ""))
                .isEqualTo(json("{\"model\":\"per_unit\",\"unit_amount\":\"5\"}"));
        assertThat(edited("{\"model\":\"volume\",\"unit_amount\":\"4\"}", "")).isEqualTo(json("""
                {"model":"volume","tiers":[{"up_to":"1000","unit_amount":"4"},{"unit_amount":"4"}]}"""));
        assertThat(edited("{\"model\":\"flat\",\"amount\":\"9\",\"free_units\":\"10\"}", ""))
                .isEqualTo(json("{\"model\":\"flat\",\"amount\":\"9\"}"));
        assertThat(edited("{\"model\":\"stairstep\",\"tiers\":[{\"unit_amount\":\"4\",\"flat_amount\":\"9\"}]}", ""))
                .isEqualTo(json("{\"model\":\"stairstep\",\"tiers\":[{\"flat_amount\":\"9\"}]}"));
    }

    @Test
    void termsComeAndGo() {
        ObjectNode price = edited(GRADUATED, "term+ minimum_amount");
        assertThat(price.path("minimum_amount").isNull()).isTrue();

        PriceEdit.apply(price, "term- minimum_amount");
        assertThat(price).isEqualTo(json(GRADUATED));
        assertThat(edited(GRADUATED, "term+ zero_usage_flat")
                        .path("zero_usage_flat")
                        .asString())
                .isEqualTo("skip");
    }

    @Test
    void whatIsNoEditIsLeftToOthers() {
        assertThat(PriceEdit.apply(json(GRADUATED), "show 1")).isFalse();
    }

    private static ObjectNode edited(String price, String edit) {
        ObjectNode node = json(price);
        PriceEdit.apply(node, edit);
        return node;
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.mapper().readTree(text);
    }
}
