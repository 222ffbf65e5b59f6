package io.meterline.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.http.Json;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class ValueTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "5|5",
                "-0.10|-0.10",
                "007|\"007\"",
                "1e3|\"1e3\"",
                "true|true",
                "null|null",
                "premium|\"premium\"",
                "\"5\"|\"5\"",
                "[\"a\",1]|[\"a\",1]",
                "[x]|\"[x]\"",
            })
    void whatIsTypedHasTheKindThatItLooksLike(String typed, String json) {
        assertThat(ValueText.read(typed).toString()).isEqualTo(json);
    }

    @Property
    void everyTextComesBackAsItWas(@ForAll String text) {
        JsonNode value = JsonNodeFactory.instance.stringNode(text);

        assertThat(ValueText.read(ValueText.write(value))).isEqualTo(value);
    }

    @Property
    void everyListOfTextsComesBackAsItWas(@ForAll List<String> texts) {
        List<JsonNode> values = texts.stream()
                .filter(text -> text.indexOf('"') < 0)
                .<JsonNode>map(JsonNodeFactory.instance::stringNode)
                .toList();

        assertThat(ValueText.readAll(ValueText.writeAll(values))).isEqualTo(values);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"0.10", "18446744073709551616", "-3"})
    void numbersKeepTheirDigits(String number) {
        JsonNode value = Json.mapper().readTree(number);

        assertThat(ValueText.write(value)).isEqualTo(number);
    }
}
