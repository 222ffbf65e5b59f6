package io.meterline.price;

import static io.meterline.price.TestPrices.EUR;
import static io.meterline.price.TestPrices.exact;
import static io.meterline.price.TestPrices.number;
import static io.meterline.price.TestPrices.price;
import static io.meterline.price.TestPrices.skippingFlats;
import static io.meterline.price.TestPrices.tiers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.price.Line.Kind;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Free units, discount, maximum, minimum, rounding, groups. */
final class TermsTest {

    @ParameterizedTest
    @CsvSource({
        // free, discount, max, min, quantity, amount of 10 a unit
        "0,      0,        ,    ,    5,        50",
        "3,      0,        ,    ,    5,        20",
        "3,      0,        ,    ,    3,        0",
        "3,      0,        ,    ,    2,        0",
        "3,      0,        ,    ,    -2,       -20",
        "0,      10,       ,    ,    5,        45",
        "0,      100,      ,    ,    5,        0",
        "0,      10,       ,    ,    -5,       -45",
        "0,      0,        40,  ,    5,        40",
        "0,      0,        ,    60,  5,        60",
        "0,      0,        ,    60,  0,        60",
        "0,      0,        ,    0,   -5,       0",
        // the discount comes before the maximum, and that before the minimum
        "0,      50,       40,  ,    10,       40",
        "0,      50,       60,  ,    10,       50",
        "0,      50,       ,    30,  5,        30",
        "2,      50,       100, 20,  5,        20",
    })
    void termsAreTakenInTheirOrder(
            String free, String discount, @Nullable String max, @Nullable String min, String quantity, String amount) {
        Price price = price(new PerUnit(BigDecimal.TEN), free, discount, max, min);
        assertThat(exact(price, quantity)).isEqualByComparingTo(amount);
    }

    @Test
    void flatAmountsAtNoUsageCanBeSkipped() {
        for (Model model : List.of(
                new Flat(BigDecimal.TEN),
                new Graduated(tiers("5:1+10 *:1")),
                new Volume(tiers("5:1+10 *:1")),
                new Stairstep(tiers("5:0+10 *:0+20")),
                new GraduatedPercentage(tiers("5:0.1+10 *:0.1")))) {
            assertThat(exact(Price.of(model), "0")).isEqualByComparingTo("10");
            assertThat(exact(skippingFlats(model), "0")).isEqualByComparingTo("0");
            assertThat(exact(skippingFlats(model), "0.001")).isGreaterThanOrEqualTo(BigDecimal.TEN);
        }
    }

    @Test
    void freeUnitsDoNotMakeItNoUsage() {
        Terms terms = new Terms(BigDecimal.TEN, BigDecimal.ZERO, null, null, Terms.ZeroUsageFlat.SKIP);
        Price price = new Price(new Graduated(tiers("5:1+10 *:1")), terms, Split.NONE);
        assertThat(exact(price, "3")).isEqualByComparingTo("10");
        assertThat(exact(price, "0")).isEqualByComparingTo("0");
    }

    @Test
    void freeUnitsCountTowardsTheVolume() {
        Price price = price(new Volume(tiers("10:5 *:4")), "2", "0", null, null);
        assertThat(exact(price, "10")).isEqualByComparingTo("40");
        assertThat(exact(price, "12")).isEqualByComparingTo("40");
    }

    @ParameterizedTest
    @CsvSource({
        "EUR, 0.005,   0.01",
        "EUR, 0.0049,  0.00",
        "EUR, -0.005,  -0.01",
        "EUR, 2.675,   2.68",
        "JPY, 0.5,     1",
        "JPY, 1234.49, 1234",
        "KWD, 0.0005,  0.001",
        "KWD, 1.2344,  1.234",
        "CLF, 0.00005, 0.0001",
    })
    void moneyIsRoundedOnceToTheMinorUnitHalfAwayFromZero(String currency, String unitAmount, String amount) {
        BigDecimal unit = number(unitAmount).abs();
        String quantity = unitAmount.startsWith("-") ? "-1" : "1";
        Charge charge = Price.of(new PerUnit(unit)).charge(Usage.of(number(quantity)), Currency.getInstance(currency));
        assertThat(charge.amount()).isEqualTo(number(amount));
        assertThat(charge.exactAmount()).isEqualByComparingTo(unitAmount);
    }

    @Test
    void aRateIsNotRoundedBeforeItIsMultiplied() {
        assertThat(Price.of(new PerUnit(number("0.0004")))
                        .charge(Usage.of(number("100000")), EUR)
                        .amount())
                .isEqualTo(number("40.00"));
    }

    @Test
    void theBreakdownSaysWhatBecameOfEveryUnit() {
        Price price = price(new Graduated(tiers("10:5+1 *:3.333")), "2", "10", "60", null);

        Charge charge = price.charge(Usage.of(number("15")), EUR);

        assertThat(charge.amount()).isEqualTo(number("54.90"));
        assertThat(charge.breakdown())
                .extracting(Line::kind)
                .containsExactly(Kind.FREE, Kind.UNITS, Kind.UNITS, Kind.DISCOUNT, Kind.ROUNDING);
        assertThat(charge.breakdown()).extracting(Line::tier).containsExactly(null, 1, 2, null, null);
        assertThat(charge.breakdown().get(2).quantity()).isEqualByComparingTo("3");
        assertThat(charge.breakdown().get(2).amount()).isEqualByComparingTo("9.999");
    }

    @Test
    void groupsArePricedAloneAndTheirSumIsRounded() {
        Price price = price(new PerUnit(number("0.004")), "1", "0", null, null);

        Charge charge =
                price.charge(List.of(Usage.of(number("2")), Usage.of(number("2")), Usage.of(BigDecimal.ZERO)), EUR);

        assertThat(charge.exactAmount()).isEqualByComparingTo("0.008");
        assertThat(charge.amount()).isEqualTo(number("0.01"));
        assertThat(charge.breakdown()).extracting(Line::kind).containsExactly(Kind.FREE, Kind.UNITS, Kind.ROUNDING);
        assertThat(charge.breakdown().getFirst().quantity()).isEqualByComparingTo("2");
    }

    @Test
    void aPercentageNeedsEventsAndAllOthersAQuantity() {
        Price percentage =
                Price.of(new Percentage(BigDecimal.ONE, BigDecimal.ZERO, Percentage.Allowance.NONE, null, null));
        assertThatThrownBy(() -> percentage.charge(Usage.of(BigDecimal.ONE), EUR))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Price.of(new Flat(BigDecimal.ONE)).charge(Usage.ofEvents(List.of()), EUR))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void goldIsNoCurrencyToPayIn() {
        assertThat(Currencies.of("XAU")).isEmpty();
        assertThat(Currencies.of("eur")).isEmpty();
        assertThat(Currencies.of("")).isEmpty();
        assertThat(Currencies.of("EUR")).contains(EUR);
    }
}
