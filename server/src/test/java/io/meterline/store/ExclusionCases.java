package io.meterline.store;

import static io.meterline.store.TestEvents.event;
import static io.meterline.store.TestEvents.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Events that a measure cannot count are reported, never counted as 0. */
interface ExclusionCases extends StoreCases {

    private List<Measure> numericMeasures() {
        return List.of(
                new Measure.Sum("p"),
                new Measure.Max("p"),
                new Measure.Min("p"),
                new Measure.Average("p"),
                new Measure.Latest("p"),
                new Measure.WeightedSum("p", false),
                new Measure.Percentile("p", number("50")),
                new Measure.Formula(new Expression.PropertyRef("p")));
    }

    private TestUsage year(Measure measure) {
        return TestUsage.usage(TYPE, measure).from("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
    }

    @Test
    default void everyNumericMeasureReportsWhatItCannotCount() {
        write(event(TYPE).id("no such property").build());
        writeValues("p", 4, "6", null, "x", "", "1e3", "+1", ".5", "5.", " 5", true, List.of(1), "1,000", "٣", "NaN");

        for (Measure measure : numericMeasures()) {
            Answer answer = ask(year(measure));

            assertThat(answer.total()).as("%s", measure).endsWith("/2");
            assertThat(answer.excluded())
                    .as("%s", measure)
                    .isEqualTo(Map.of(Measure.PROPERTY_MISSING, 2L, Measure.PROPERTY_NOT_NUMERIC, 12L));
            assertThat(answer.coerced()).as("%s", measure).isEqualTo(1);
        }
    }

    @Test
    default void textBeyondTheStoredDigitsIsNoNumber() {
        writeValues("p", 1, "100000000000000000000", "0.0000000000000000001", "00000000000000000000001");

        Answer answer = ask(year(new Measure.Sum("p")));

        assertThat(answer.total()).isEqualTo("2/2");
        assertThat(answer.excluded()).isEqualTo(Map.of(Measure.PROPERTY_NOT_NUMERIC, 2L));
    }

    @Test
    default void distinctCountReportsMissingPropertiesOnly() {
        write(event(TYPE).id("no such property").build());
        writeValues("p", null, "x", true, List.of(), Arrays.asList(1, null), "5");

        Answer answer = ask(year(new Measure.CountDistinct("p")));

        assertThat(answer.total()).isEqualTo("5/5");
        assertThat(answer.excluded()).isEqualTo(Map.of(Measure.PROPERTY_MISSING, 2L));
        assertThat(answer.coerced()).isZero();
    }

    @Test
    default void countExcludesNothing() {
        writeValues("p", null, "x", List.of());

        assertThat(ask(year(new Measure.Count()))).isEqualTo(new Answer("3/3", List.of(), Map.of(), Map.of(), 0));
    }

    @Test
    default void onlyEventsOfThePeriodTheCustomersAndTheFilterAreReported() {
        write(
                event(TYPE).id("1").at("2025-12-31T23:59:59.999999Z").build(),
                event(TYPE).id("2").at("2027-01-01T00:00:00Z").with("p", "5").build(),
                event(TYPE).id("3").customer(2).with("p", "x").build(),
                event(TYPE).id("4").with("plan", "b").with("p", "x").build(),
                event(TYPE).id("5").with("plan", "a").with("p", "x").build());

        Answer answer = ask(
                year(new Measure.Sum("p")).customers(1).where(TestUsage.is("plan", Filter.Operator.NOT_EQUAL, "b")));

        assertThat(answer.total()).isEqualTo("null/0");
        assertThat(answer.excluded()).isEqualTo(Map.of(Measure.PROPERTY_NOT_NUMERIC, 1L));
        assertThat(answer.coerced()).isZero();
    }

    @Test
    default void propertyThatNoEventEverHadIsMissingInAll() {
        write(event(TYPE).id("1").with("p", 1).build(), event(TYPE).id("2").build());

        for (Measure measure : List.of(new Measure.Sum("never"), new Measure.CountDistinct("never"))) {
            assertThat(ask(year(measure)).excluded()).isEqualTo(Map.of(Measure.PROPERTY_MISSING, 2L));
        }
    }

    @Test
    default void excludedEventsFormNoGroups() {
        write(
                event(TYPE).id("1").with("region", "eu").with("p", 1).build(),
                event(TYPE).id("2").with("region", "us").with("p", "x").build(),
                event(TYPE).id("3").with("region", "us").build());

        Answer answer = ask(year(new Measure.Sum("p")).by("region"));

        assertThat(answer.groups()).isEqualTo(Map.of(List.of("eu"), List.of("1/1")));
        assertThat(answer.excluded()).isEqualTo(Map.of(Measure.PROPERTY_MISSING, 1L, Measure.PROPERTY_NOT_NUMERIC, 1L));
    }

    @Test
    default void propertyThatArrivesWithSeveralKindsIsCountedWhereItIsANumber() {
        writeValues("p", 1, number(NumberCases.WIDE), "2", "two", false, List.of(2), null);

        Answer answer = ask(year(new Measure.Sum("p")));

        assertThat(answer.total()).isEqualTo("1000000000003.0000001/3");
        assertThat(answer.excluded()).isEqualTo(Map.of(Measure.PROPERTY_MISSING, 1L, Measure.PROPERTY_NOT_NUMERIC, 3L));
    }
}
