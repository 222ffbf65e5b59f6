package io.meterline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.event.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberRulesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.00, 0",
        "12.50, 12.5",
        "2.5e3, 2500",
        "1E-2, 0.01",
        "0e999999999999, 0",
        "99999999999999999999.999999999999999999, 99999999999999999999.999999999999999999",
        "-0.000000000000000001, -0.000000000000000001",
        "100000000000000000000000000000000000000000000000000000000000000e-60, 100",
        "0.00000000000000000000000000000000000000000000000000000000000000001e66, 10",
    })
    void numbersAreTakenExactly(String text, String expected) {
        assertThat(new NumberRules(ExcessDigits.REJECT).parse(text)).isEqualTo(new BigDecimal(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "0.1234567890123456785, 0.123456789012345679",
        "-0.1234567890123456785, -0.123456789012345679",
        "0.12345678901234567849999999999999999999999999999999999999999999999, 0.123456789012345678",
        "1.00000000000000000000000000000000000000000000000000000000000000001, 1",
        "1e-19, 0",
        "5e-19, 0.000000000000000001",
        "1e-2000000000, 0",
    })
    void excessDigitsAreRoundedHalfAwayFromZeroAndCounted(String text, String expected) {
        NumberRules rules = new NumberRules(ExcessDigits.ROUND);

        assertThat(rules.parse(text)).isEqualTo(new BigDecimal(expected));
        assertThat(rules.rounded()).isEqualTo(1);
    }

    @Test
    void aNumberThatRoundsUpPastTwentyDigitsIsTooLarge() {
        NumberRules rules = new NumberRules(ExcessDigits.ROUND);

        assertThatThrownBy(() -> rules.parse("99999999999999999999.9999999999999999999"))
                .isInstanceOfSatisfying(
                        InvalidEventException.class,
                        e -> assertThat(e.error().code()).isEqualTo(EventErrorCode.NUMBER_TOO_LARGE));
        assertThat(rules.rounded()).isZero();
    }

    @Property
    void theTextOfAStoredNumberIsThatNumber(
            @ForAll @BigRange(min = "-99999999999999999999", max = "99999999999999999999") @Scale(18)
                    BigDecimal number) {
        assertThat(new NumberRules(ExcessDigits.REJECT).parse(number.toPlainString()))
                .isEqualTo(Decimals.canonical(number));
    }

    @Property
    void exponentsAndManyDigitsGiveWhatBigDecimalGives(
            @ForAll @BigRange(min = "-1e25", max = "1e25") @Scale(40) BigDecimal number,
            @ForAll @IntRange(min = -30, max = 10) int exponent) {
        // Given
        String text = number.toPlainString() + "e" + exponent;
        BigDecimal expected =
                Decimals.canonical(number.scaleByPowerOfTen(exponent).setScale(18, RoundingMode.HALF_UP));
        NumberRules rules = new NumberRules(ExcessDigits.ROUND);

        // Then
        if (Decimals.integerDigits(expected) > 20) {
            assertThatThrownBy(() -> rules.parse(text)).isInstanceOf(InvalidEventException.class);
        } else {
            assertThat(rules.parse(text)).isEqualTo(expected);
        }
    }
}
