package io.meterline.store.duckdb;

import static io.meterline.store.TestEvents.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.PropertyValue;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ArrayTextTest {

    // What separates elements, what escapes it, and what an escape looks like.
    private static final List<String> TEXTS = List.of(
            "",
            "\u001F",
            "\u001E",
            "\u001E0",
            "\u001E1",
            "a",
            "a\u001Fb",
            "\u0000",
            "\"",
            "\\",
            "\n",
            "é",
            "😀",
            "1",
            "true",
            "null");

    @Test
    void jsonIsReadAsItWasWritten() {
        PropertyValue.Array array = (PropertyValue.Array) value(Arrays.asList(
                "\u001F\u001E\u0000\"\\\né😀",
                1,
                -5L,
                new BigDecimal("0.000000000000000001"),
                new BigDecimal("99999999999999999999"),
                true,
                false,
                null,
                ""));

        assertThat(ArrayText.ofJson(ArrayText.json(array))).isEqualTo(array);
        assertThat(ArrayText.ofJson(ArrayText.json(new PropertyValue.Array(List.of()))))
                .isEqualTo(new PropertyValue.Array(List.of()));
    }

    @Test
    void elementsContainExactlyTheirElements() {
        for (String one : TEXTS) {
            for (String other : TEXTS) {
                String elements = ArrayText.elements((PropertyValue.Array) value(List.of(one, other)));
                for (String asked : TEXTS) {
                    assertThat(elements.contains(ArrayText.element(asked)))
                            .as("%s in [%s, %s]", asked, one, other)
                            .isEqualTo(asked.equals(one) || asked.equals(other));
                }
            }
        }
    }

    @Test
    void nullIsNoElementAndNumbersAreTheirCanonicalText() {
        String elements =
                ArrayText.elements((PropertyValue.Array) value(Arrays.asList(null, new BigDecimal("1.50"), true)));

        assertThat(elements.contains(ArrayText.element("null"))).isFalse();
        assertThat(elements.contains(ArrayText.element("1.5"))).isTrue();
        assertThat(elements.contains(ArrayText.element("true"))).isTrue();
    }
}
