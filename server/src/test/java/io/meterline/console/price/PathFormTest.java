package io.meterline.console.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.event.RuleException;
import io.meterline.http.Fields;
import io.meterline.http.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class PathFormTest {

    @Test
    void fieldsAreNamedByTheirPathsInTheJson() {
        assertThat(sent(
                        "name", "API calls",
                        "prices[0].currency", "EUR",
                        "prices[0].price.tiers[0].up_to:number", "10,000",
                        "prices[0].price.tiers[0].unit_amount:number", "0.0040",
                        "prices[0].price.tiers[1].unit_amount:number", ".5",
                        "csrf", "not of it"))
                .isEqualTo(json("""
                        {"name":"API calls","prices":[{"currency":"EUR","price":{"tiers":[
                         {"up_to":"10000","unit_amount":"0.004"},{"unit_amount":"0.5"}]}}]}"""));
    }

    @Test
    void anEmptyFieldIsThereInTheFormAndNotSent() {
        JsonNode form = PathForm.read(Fields.of(Map.of("prices[0].price.free_units:number", "")), "prices");

        assertThat(form.at("/prices/0/price").has("free_units")).isTrue();
        assertThat(PathForm.sent(form).at("/prices/0/price").has("free_units")).isFalse();
    }

    @Test
    void rowsKeepTheirOrderWhenOneIsTakenOut() {
        assertThat(sent("prices[2].currency", "USD", "prices[0].currency", "EUR", "prices[11].currency", "JPY"))
                .isEqualTo(json("{\"prices\":[{\"currency\":\"EUR\"},{\"currency\":\"USD\"},{\"currency\":\"JPY\"}]}"));
    }

    @Test
    void percentIsTheHundredthPart() {
        assertThat(sent("prices[0].price.rate:percent", "2.9"))
                .isEqualTo(json("{\"prices\":[{\"price\":{\"rate\":\"0.029\"}}]}"));
    }

    @Test
    void whatIsNoNumberStaysForTheApiToSay() {
        assertThat(sent("prices[0].price.amount:number", "1.2.3", "prices[0].interval.count:integer", "two"))
                .isEqualTo(json("{\"prices\":[{\"price\":{\"amount\":\"1.2.3\"},\"interval\":{\"count\":\"two\"}}]}"));
    }

    @Test
    void listsAndNumbersAndJson() {
        assertThat(sent(
                        "prices[0].price.apply_per.group_by:list", "region, plan",
                        "prices[1]:json", "{\"currency\":\"USD\"}"))
                .isEqualTo(json("""
                        {"prices":[{"price":{"apply_per":{"group_by":["region","plan"]}}},{"currency":"USD"}]}"""));
        assertThat(PathForm.read(Fields.of(Map.of("quantities:numbers", "1,000, 20\n3.5")), "quantities"))
                .isEqualTo(json("{\"quantities\":[\"1000\",\"20\",\"3.5\"]}"));
    }

    @Test
    void aFormThatWasTamperedWithIsRefused() {
        assertThatThrownBy(() -> sent("prices[0]:json", "{")).isInstanceOf(RuleException.class);
        assertThat(sent("prices[0].a", "1", "prices.b", "2", "prices[99999].c", "3"))
                .isEqualTo(json("{\"prices\":{\"b\":\"2\"}}"));
    }

    @Test
    void whatIsAtAPath() {
        JsonNode tree = json("{\"prices\":[{\"price\":{\"model\":\"flat\"}}]}");

        assertThat(PathForm.at(tree, "prices[0].price.model").asString()).isEqualTo("flat");
        assertThat(PathForm.at(tree, "prices[4].price").isMissingNode()).isTrue();
    }

    private static JsonNode sent(String... namesAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return PathForm.sent(PathForm.read(Fields.of(fields), "name", "prices"));
    }

    private static JsonNode json(String text) {
        return Json.mapper().readTree(text);
    }
}
