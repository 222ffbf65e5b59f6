package io.meterline.console.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.http.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class FiltersTest {

    @ParameterizedTest
    @ValueSource(strings = {"5", "\"5\"", "true", "\"true\"", "\"eu\"", "\"a,b\"", "-1.50", "\"\"", "007"})
    void aValueIsTypedAsWhatItIs(String json) {
        JsonNode value = json.equals("007")
                ? Json.mapper().readTree("\"007\"")
                : Json.mapper().readTree(json);

        assertThat(Filters.scalar(Filters.typed(value))).hasToString(value.toString());
    }

    @Test
    void rowsIntoWhichNothingWasTypedAreNotSent() {
        ObjectNode product = json("{}");
        Filters.apply(product, "filter+ filter");
        Filters.apply(product, "filter+ filter");
        ((ObjectNode) product.at("/filter/fields/1"))
                .put("property", "region")
                .put("operator", "in")
                .put("value", "eu, 5");

        Filters.send(product);

        assertThat(product)
                .hasToString("{\"filter\":{\"conditional\":\"and\",\"fields\":"
                        + "[{\"operator\":\"in\",\"property\":\"region\",\"value\":[\"eu\",5]}]}}");
        Filters.apply(product, "filter- filter 0");
        assertThat(product.has("filter")).isFalse();
    }

    @Test
    void theFilterOfAPriceWithinIsEditedByItsPath() {
        ObjectNode product = json("{\"prices\":[{},{\"currency\":\"EUR\"}]}");

        assertThat(Filters.apply(product, "filter+ prices[1].filter")).isTrue();
        assertThat(product.at("/prices/1/filter/fields")).hasSize(1);
        assertThat(Filters.apply(product, "tier+")).isFalse();
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.mapper().readTree(text);
    }
}
