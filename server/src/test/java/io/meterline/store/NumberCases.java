package io.meterline.store;

import static io.meterline.store.TestEvents.event;
import static io.meterline.store.TestEvents.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Count, distinct count, sum, max, min and latest, exact to the last digit. */
interface NumberCases extends StoreCases {

    String MOST = "99999999999999999999.999999999999999999";
    String LEAST = "0.000000000000000001";

    /** Does not fit 18 digits with 6 of them behind the point, so it may live in a wider column. */
    String WIDE = "1000000000000.0000001";

    @Test
    default void overNoEventsOnlyCountsHaveAValue() {
        write(event("other").with("p", 1).build());

        assertThat(total(new Measure.Count())).isEqualTo("0/0");
        assertThat(total(new Measure.CountDistinct("p"))).isEqualTo("0/0");
        for (Measure measure : List.of(
                new Measure.Sum("p"),
                new Measure.Max("p"),
                new Measure.Min("p"),
                new Measure.Average("p"),
                new Measure.Latest("p"),
                new Measure.Percentile("p", number("50")),
                new Measure.Formula(new Expression.PropertyRef("p")))) {
            assertThat(total(measure)).as("%s", measure).isEqualTo("null/0");
        }
    }

    @Test
    default void countCountsRecordsWhateverTheirProperties() {
        write(
                event(TYPE).id("1").build(),
                event(TYPE).id("2").with("p", null).build(),
                event(TYPE).id("3").with("p", "x").build());

        assertThat(total(new Measure.Count())).isEqualTo("3/3");
    }

    @Test
    default void countDistinctComparesAsText() {
        writeValues("p", 100, "100", number("100.00"), "100.0", true, "true", "True", "", List.of(1), "[1]");

        // 100, 100.0, true, True, the empty text and [1]
        assertThat(total(new Measure.CountDistinct("p"))).isEqualTo("6/10");
    }

    @Test
    default void countDistinctTellsNarrowAndWideNumbersApart() {
        writeValues("p", number(MOST), number(WIDE), 1, number("1.000000"), number(LEAST), number(MOST));

        assertThat(total(new Measure.CountDistinct("p"))).isEqualTo("4/6");
    }

    @Test
    default void sumOfTenthsIsExact() {
        writeValues("p", number("0.1"), number("0.2"));

        assertThat(sum("p")).isEqualTo("0.3");
    }

    @Test
    default void sumOfManyTenthsIsExact() {
        writeTenths(20_000);

        assertThat(total(new Measure.Sum("p"))).isEqualTo("2000/20000");
        assertThat(total(new Measure.Average("p"))).isEqualTo("0.1/20000");
    }

    @Test
    @Tag("long")
    default void sumOfAMillionTenthsIsExact() {
        writeTenths(1_000_000);

        assertThat(total(new Measure.Sum("p"))).isEqualTo("100000/1000000");
        assertThat(total(new Measure.Average("p"))).isEqualTo("0.1/1000000");
    }

    private void writeTenths(int howMany) {
        List<Event> group = new ArrayList<>();
        for (int i = 0; i < howMany; i++) {
            group.add(
                    event(TYPE).id(i).customer(i % 100).with("p", number("0.1")).build());
            if (group.size() == 5_000) {
                write(Environment.LIVE, group);
                group.clear();
            }
        }
        write(Environment.LIVE, group);
    }

    @Test
    default void sumOfTheGreatestAndTheLeastNumberIsExact() {
        writeValues("p", number(MOST), number(LEAST));

        assertThat(sum("p")).isEqualTo("100000000000000000000");
    }

    @Test
    default void sumBeyond38DigitsIsExact() {
        writeValues("p", Collections.nCopies(250, number(MOST)).toArray());

        assertThat(total(new Measure.Sum("p"))).isEqualTo("24999999999999999999999.99999999999999975/250");
    }

    @Test
    default void negativeSumBeyond38DigitsIsExact() {
        writeValues("p", Collections.nCopies(250, number("-" + MOST)).toArray());

        assertThat(sum("p")).isEqualTo("-24999999999999999999999.99999999999999975");
    }

    @Test
    default void greatNumbersCancelToTheLastDigit() {
        writeValues(
                "p", number(MOST), number(LEAST), number("-" + MOST), number("12.5"), number(MOST), number("-" + MOST));

        assertThat(sum("p")).isEqualTo("12.500000000000000001");
    }

    @Test
    default void narrowAndWideValuesOfOnePropertyAddUp() {
        writeValues("p", number("1.5"), number("0.0000001"), number("10000000000000"), number("12.25"), number(WIDE));

        assertThat(total(new Measure.Sum("p"))).isEqualTo("11000000000013.7500002/5");
    }

    @Test
    default void valuesAtTheEdgeOfEighteenDigitsAddUp() {
        writeValues(
                "p",
                number("999999999999.999999"),
                number("1000000000000"),
                number("-999999999999.999999"),
                number("-1000000000000"),
                number("0.000001"),
                number("0.0000009"));

        assertThat(sum("p")).isEqualTo("0.0000019");
    }

    @Test
    default void wideValueCorrectedToANarrowOneLeavesNothingBehind() {
        write(event(TYPE).at("2026-01-01T00:00:00Z").with("p", number(WIDE)).build());
        write(event(TYPE).at("2026-01-02T00:00:00Z").with("p", 2).build());
        assertThat(total(new Measure.Sum("p"))).isEqualTo("2/1");

        write(event(TYPE).at("2026-01-03T00:00:00Z").with("p", number(WIDE)).build());
        assertThat(total(new Measure.Sum("p"))).isEqualTo(WIDE + "/1");

        write(event(TYPE).at("2026-01-04T00:00:00Z").with("p", "3").build());
        assertThat(total(new Measure.Sum("p"))).isEqualTo("3/1");
    }

    @Test
    default void maxAndMinSeeNarrowWideAndCoercedValuesAlike() {
        writeValues("p", number("1.5"), number(WIDE), "1000000000000.1", number("-0.0000001"), "-0.00000011");

        assertThat(value(new Measure.Max("p"))).isEqualTo("1000000000000.1");
        assertThat(value(new Measure.Min("p"))).isEqualTo("-0.00000011");
    }

    @Test
    default void maxAndMinOfTheGreatestNumbersAreExact() {
        writeValues("p", number(MOST), number("99999999999999999999.999999999999999998"), number("-" + MOST), 0);

        assertThat(value(new Measure.Max("p"))).isEqualTo(MOST);
        assertThat(value(new Measure.Min("p"))).isEqualTo("-" + MOST);
    }

    @Test
    default void maxOfNegativesIsNegative() {
        writeValues("p", -3, number("-1.5"), -2);

        assertThat(total(new Measure.Max("p"))).isEqualTo("-1.5/3");
        assertThat(total(new Measure.Min("p"))).isEqualTo("-3/3");
    }

    @Test
    default void numericTextIsCoerced() {
        writeValues("p", 1, "2", "-0.5", "007");

        Answer answer = ask(TestUsage.usage(TYPE, new Measure.Sum("p")));

        assertThat(answer.total()).isEqualTo("9.5/4");
        assertThat(answer.coerced()).isEqualTo(3);
        assertThat(answer.excluded()).isEmpty();
    }

    @Test
    default void numericTextOfTwentyAndEighteenDigitsIsCoercedExactly() {
        writeValues("p", MOST, LEAST, "00" + MOST + "00");

        assertThat(total(new Measure.Sum("p"))).isEqualTo("199999999999999999999.999999999999999999/3");
        assertThat(value(new Measure.Max("p"))).isEqualTo(MOST);
    }

    @Test
    default void latestIsTheValueOfTheGreatestTimestamp() {
        write(
                event(TYPE).id("1").at("2026-01-01T00:00:00Z").with("p", 1).build(),
                event(TYPE).id("2").at("2026-01-03T00:00:00Z").with("p", 3).build(),
                event(TYPE).id("3").at("2026-01-02T00:00:00Z").with("p", 2).build());

        assertThat(total(new Measure.Latest("p"))).isEqualTo("3/3");
    }

    @Test
    default void ofEqualTimestampsLatestIsTheLastReceived() {
        write(
                event(TYPE).id("z").with("p", 1).build(),
                event(TYPE).id("a").with("p", 2).build());
        assertThat(value(new Measure.Latest("p"))).isEqualTo("2");

        write(event(TYPE).id("z").with("p", 3).build());
        assertThat(value(new Measure.Latest("p"))).isEqualTo("3");

        write(event(TYPE).id("a").at("2025-01-01T00:00:00Z").with("p", 4).build());
        assertThat(value(new Measure.Latest("p"))).isEqualTo("3");
    }

    @Test
    default void latestPassesOverEventsThatItCannotCount() {
        write(
                event(TYPE).id("1").at("2026-01-01T00:00:00Z").with("p", "5").build(),
                event(TYPE).id("2").at("2026-01-02T00:00:00Z").build(),
                event(TYPE).id("3").at("2026-01-03T00:00:00Z").with("p", "x").build());

        Answer answer = ask(TestUsage.usage(TYPE, new Measure.Latest("p")));

        assertThat(answer.total()).isEqualTo("5/1");
        assertThat(answer.coerced()).isEqualTo(1);
    }

    @Test
    default void latestOfAWideValueIsExact() {
        writeValues("p", 1, number(MOST));

        assertThat(value(new Measure.Latest("p"))).isEqualTo(MOST);
    }

    @Test
    default void idCanBeSummedLikeAnyProperty() {
        write(
                event(TYPE).id(40).build(),
                event(TYPE).id("2").build(),
                event(TYPE).id("x").build());

        Answer answer = ask(TestUsage.usage(TYPE, new Measure.Sum("id")));

        assertThat(answer.total()).isEqualTo("42/2");
        assertThat(answer.coerced()).isEqualTo(1);
        assertThat(answer.excluded()).containsOnlyKeys(Measure.PROPERTY_NOT_NUMERIC);
        assertThat(value(new Measure.CountDistinct("id"))).isEqualTo("3");
    }

    @Test
    default void zerosAndNegativeZerosAreZero() {
        writeValues("p", 0, number("-0"), "0.000", "-0");

        assertThat(total(new Measure.Sum("p"))).isEqualTo("0/4");
        assertThat(total(new Measure.Max("p"))).isEqualTo("0/4");
    }
}
