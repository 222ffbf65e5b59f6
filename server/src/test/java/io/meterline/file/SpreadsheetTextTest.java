package io.meterline.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that a spreadsheet would take for a formula is not left as it is. */
final class SpreadsheetTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+49 30 1234",
                "-1+cmd|' /C calc'!A0",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "\0=1",
                "\uFF1D1+1",
                "-",
                "-Infinity"
            })
    void aFormulaBecomesText(String text) {
        assertThat(SpreadsheetText.of(text)).isEqualTo("'" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "acme", "a=b", "'quoted", "-5", "-0.25", "-1e3", "12", " =1"})
    void otherTextAndNumbersStay(String text) {
        assertThat(SpreadsheetText.of(text)).isEqualTo(text);
    }
}
