package io.meterline.console.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NumbersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12          | 12",
                "0.005       | 0.005",
                ".5          | 0.5",
                "1,000       | 1000",
                "-1,234.50   | -1234.50",
                "12 345 678  | 12345678",
                "1_000_000.1 | 1000000.1",
                "007         | 7",
            })
    void isAsPeopleWriteIt(String text, BigDecimal number) {
        assertThat(Numbers.typed(text))
                .hasValueSatisfying(typed -> assertThat(typed).isEqualByComparingTo(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0,01", "0,005", "12,5", "1,0000", "1,00,000", ",5", "1,", "many", "", ".", "-", "1.2.3", "1 2"})
    void aCommaBeforeDecimalsIsNone(String text) {
        assertThat(Numbers.typed(text)).isEmpty();
    }
}
