package io.meterline.store;

import static io.meterline.store.TestEvents.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Average and percentile: divided once, to 18 digits, half away from zero. */
interface QuotientCases extends StoreCases {

    private String percentile(String percentile) {
        return value(new Measure.Percentile("p", number(percentile)));
    }

    @Test
    default void averageIsRoundedOnceToEighteenDigits() {
        writeValues("p", 1, 1, 0);

        assertThat(total(new Measure.Average("p"))).isEqualTo("0.666666666666666667/3");
    }

    @Test
    default void negativeAverageIsRoundedAwayFromZero() {
        writeValues("p", -1, -1, 0);

        assertThat(value(new Measure.Average("p"))).isEqualTo("-0.666666666666666667");
    }

    @Test
    default void halfOfTheLastDigitIsRoundedUp() {
        writeValues("p", number(NumberCases.LEAST), 0);

        assertThat(value(new Measure.Average("p"))).isEqualTo(NumberCases.LEAST);
    }

    @Test
    default void negativeHalfOfTheLastDigitIsRoundedDown() {
        writeValues("p", number("-" + NumberCases.LEAST), 0);

        assertThat(value(new Measure.Average("p"))).isEqualTo("-" + NumberCases.LEAST);
    }

    @Test
    default void lessThanHalfOfTheLastDigitIsNothing() {
        writeValues("p", number(NumberCases.LEAST), 0, 0);

        assertThat(total(new Measure.Average("p"))).isEqualTo("0/3");
    }

    @Test
    default void averageOfNumbersWhoseSumIsBeyond38DigitsIsExact() {
        writeValues("p", Collections.nCopies(120, number(NumberCases.MOST)).toArray());

        assertThat(value(new Measure.Average("p"))).isEqualTo(NumberCases.MOST);
    }

    @Test
    default void averageOfTheGreatestAndTheLeastIsExact() {
        writeValues("p", number(NumberCases.MOST), number(NumberCases.LEAST), 0);

        assertThat(value(new Measure.Average("p"))).isEqualTo("33333333333333333333.333333333333333333");
    }

    @Test
    default void averageSeesNarrowWideAndCoercedValuesAlike() {
        writeValues("p", 1, number(NumberCases.WIDE), "2.5", number("0.5"));

        assertThat(total(new Measure.Average("p"))).isEqualTo("250000000001.000000025/4");
    }

    @Test
    default void percentileInterpolatesBetweenTheNearestRanks() {
        writeValues("p", 4, 1, 3, 2);

        assertThat(percentile("0")).isEqualTo("1");
        assertThat(percentile("25")).isEqualTo("1.75");
        assertThat(percentile("50")).isEqualTo("2.5");
        assertThat(percentile("90")).isEqualTo("3.7");
        assertThat(percentile("99.9")).isEqualTo("3.997");
        assertThat(percentile("99.999999")).isEqualTo("3.99999997");
        assertThat(percentile("100")).isEqualTo("4");
    }

    @Test
    default void percentileOfOneValueIsThatValue() {
        writeValues("p", number("7.25"));

        for (String percentile : List.of("0", "33.333333", "50", "100")) {
            assertThat(percentile(percentile)).isEqualTo("7.25");
        }
    }

    @Test
    default void percentileAtARankIsTheValueThere() {
        writeValues("p", IntStream.rangeClosed(0, 100).boxed().toArray());

        assertThat(percentile("95")).isEqualTo("95");
        assertThat(percentile("99.5")).isEqualTo("99.5");
        assertThat(total(new Measure.Percentile("p", number("1")))).isEqualTo("1/101");
    }

    @Test
    default void percentileOfTheGreatestNumbersIsExact() {
        writeValues("p", number(NumberCases.MOST), number("-" + NumberCases.MOST));

        assertThat(percentile("50")).isEqualTo("0");
        assertThat(percentile("100")).isEqualTo(NumberCases.MOST);
        assertThat(percentile("75")).isEqualTo("50000000000000000000");
        assertThat(percentile("25")).isEqualTo("-50000000000000000000");
    }

    @Test
    default void percentileIsRoundedHalfAwayFromZero() {
        writeValues("p", number("-" + NumberCases.LEAST), 0);

        assertThat(percentile("50")).isEqualTo("-" + NumberCases.LEAST);
        assertThat(percentile("50.000001")).isEqualTo("0");
    }

    @Test
    default void percentileSeesNarrowWideAndCoercedValuesAlike() {
        writeValues("p", 1, "2", number("2.00000001"), number(NumberCases.WIDE), "x");

        assertThat(total(new Measure.Percentile("p", number("50")))).isEqualTo("2.000000005/4");
    }

    @Test
    default void percentileCountsEqualValuesEachOnTheirOwn() {
        writeValues("p", 1, 1, 1, 5);

        assertThat(percentile("50")).isEqualTo("1");
        assertThat(percentile("90")).isEqualTo("3.8");
    }
}
