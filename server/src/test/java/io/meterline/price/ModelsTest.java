package io.meterline.price;

import static io.meterline.price.TestPrices.EUR;
import static io.meterline.price.TestPrices.exact;
import static io.meterline.price.TestPrices.number;
import static io.meterline.price.TestPrices.numbers;
import static io.meterline.price.TestPrices.tiers;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.price.Packages.Incomplete;
import io.meterline.price.Percentage.Allowance;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Worked examples of each model, zero, fractions, credits and huge quantities among them. */
final class ModelsTest {

    private static final String HUGE = "99999999999999999999.999999999999999999";

    @ParameterizedTest
    @CsvSource({"0, 49.90", "1, 49.90", "1000000, 49.90", "-3, 49.90"})
    void aFlatPriceIsTheSameForAnyQuantity(String quantity, String amount) {
        assertThat(exact(Price.of(new Flat(number("49.90"))), quantity)).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource({
        // 5 € per user
        "5,      0,     0",
        "5,      1,     5",
        "5,      3,     15",
        "5,      -2,    -10",
        "0.0015, 10.5,  0.01575",
        "0.1,    99.5,  9.95",
        "0.000000000000000001, 0.000000000000000001, 0.000000000000000000000000000000000001",
        HUGE + ", " + HUGE + ", 9999999999999999999999999999999999999800.000000000000000000000000000000000001",
    })
    void perUnitMultiplies(String unitAmount, String quantity, String amount) {
        assertThat(exact(Price.of(new PerUnit(number(unitAmount))), quantity)).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource({
        "10:5 *:3,               0,      0",
        "10:5 *:3,               1,      5",
        "10:5 *:3,               10,     50",
        "10:5 *:3,               10.5,   51.5",
        "10:5 *:3,               11,     53",
        "10:5 *:3,               -4,     -20",
        // the flat amount of every tier entered, the first one from the start
        "10:5+100 20:4+50 *:3+1, 0,      100",
        "10:5+100 20:4+50 *:3+1, 10,     150",
        "10:5+100 20:4+50 *:3+1, 10.01,  200.04",
        "10:5+100 20:4+50 *:3+1, 20,     240",
        "10:5+100 20:4+50 *:3+1, 21,     244",
        "10:5+100 20:4+50 *:3+1, -1,     95",
        "0.5:2 *:1,              0.75,   1.25",
        "10:5 *:1,               " + HUGE + ", 100000000000000000039.999999999999999999",
    })
    void graduatedPricesEachUnitInItsTier(String tiers, String quantity, String amount) {
        assertThat(exact(Price.of(new Graduated(tiers(tiers))), quantity)).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource({
        "5:7 10:6.5 *:6,         5,      35",
        "5:7 10:6.5 *:6,         5.5,    35.75",
        "5:7 10:6.5 *:6,         6,      39",
        "5:7 10:6.5 *:6,         20,     120",
        "5:7 10:6.5 *:6,         -1,     -7",
        "5:7+10 *:6+20,          0,      10",
        "5:7+10 *:6+20,          6,      56",
        "5:7+10 *:6+20,          -1,     3",
    })
    void volumePricesAllUnitsInTheTierReached(String tiers, String quantity, String amount) {
        assertThat(exact(Price.of(new Volume(tiers(tiers))), quantity)).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource({
        // size, amount, quantity,  full, prorated,          free
        "100,    5,      0,         0,    0,                 0",
        "100,    5,      1,         5,    0.05,              0",
        "100,    5,      100,       5,    5,                 5",
        "100,    5,      100.5,     10,   5.025,             5",
        "100,    5,      250,       15,   12.5,              10",
        "0.5,    1,      1.2,       3,    2.4,               2",
        "3,      1,      1,         1,    0.333333333333333333, 0",
        "3,      3,      1,         3,    1,                 0",
        // a credit is whole packages, and the incomplete one only where it is prorated
        "100,    5,      -50,       0,    -2.5,              0",
        "100,    5,      -150,      -5,   -7.5,              -5",
    })
    void packagesAreCountedUpDownOrByTheirShare(
            String size, String amount, String quantity, String full, String prorated, String free) {
        assertThat(packages(size, amount, Incomplete.FULL, quantity)).isEqualTo(full);
        assertThat(packages(size, amount, Incomplete.PRORATED, quantity)).isEqualTo(prorated);
        assertThat(packages(size, amount, Incomplete.FREE, quantity)).isEqualTo(free);
    }

    private static String packages(String size, String amount, Incomplete incomplete, String quantity) {
        return exact(Price.of(new Packages(number(size), number(amount), incomplete)), quantity)
                .toPlainString();
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "1, 10", "100, 10", "100.1, 25", "1000, 25", "1001, 60", "-5, 10"})
    void stairstepIsTheFlatAmountOfTheTierReached(String quantity, String amount) {
        assertThat(exact(Price.of(new Stairstep(tiers("100:0+10 1000:0+25 *:0+60"))), quantity))
                .isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.3", "500, 15.3", "1000, 30.3", "1500, 42.8", "-100, -2.7"})
    void graduatedPercentageTakesARateOfWhatLiesInEachTier(String quantity, String amount) {
        assertThat(exact(Price.of(new GraduatedPercentage(tiers("1000:0.03+0.3 *:0.025"))), quantity))
                .isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource({
        // rate, fixed, free events, free amount, min, max,  events,           amount
        "0.029,  0.30,  ,            ,            ,    ,     '100',            3.20",
        "0.029,  0.30,  ,            ,            ,    ,     '100 50',         4.95",
        "0.029,  0.30,  ,            ,            ,    ,     '',               0",
        "0.029,  0.30,  ,            ,            ,    ,     '0',              0.30",
        // free in order of time, until the events run out
        "0.01,   1,     2,           ,            ,    ,     '100 200 300',    4",
        "0.01,   1,     0,           500,         ,    ,     '100 200',        5",
        // until the amount runs out; the event that crosses it pays for what is above, and its fixed amount
        "0.01,   1,     ,            250,         ,    ,     '100 150 200',    3",
        "0.01,   1,     ,            250,         ,    ,     '100 200 200',    4.50",
        "0.01,   1,     ,            250,         ,    ,     '100 150 0',      1",
        // whichever of the two runs out first
        "0.01,   1,     1,           250,         ,    ,     '100 100 100',    4",
        "0.01,   1,     3,           150,         ,    ,     '100 100 100',    3.50",
        // the least and the most of an event, its fixed amount included, only where it is charged
        "0.01,   0,     ,            ,            1,   12,   '50 1000 10000',  23",
        "0.01,   1,     ,            ,            2,   12,   '50 1000 10000',  25",
        "0.01,   0,     1,           ,            1,   12,   '50 1000 10000',  22",
        // a refund is credited the rate alone, and allowances do not notice it
        "0.029,  0.30,  ,            ,            1,   ,     '-100',           -2.90",
        "0.01,   1,     1,           ,            ,    ,     '-100 100 100',   1",
    })
    void percentagePricesEachEvent(
            String rate,
            String fixed,
            @Nullable String freeEvents,
            @Nullable String freeAmount,
            @Nullable String min,
            @Nullable String max,
            String events,
            String amount) {
        Allowance allowance = freeEvents == null && freeAmount == null
                ? Allowance.NONE
                : new Allowance(
                        freeEvents == null ? null : number(freeEvents), freeAmount == null ? null : number(freeAmount));
        Percentage model = new Percentage(
                number(rate),
                number(fixed),
                allowance,
                min == null ? null : number(min),
                max == null ? null : number(max));
        assertThat(Price.of(model).charge(Usage.ofEvents(numbers(events)), EUR).exactAmount())
                .isEqualByComparingTo(amount);
    }
}
