package io.meterline.store;

import static io.meterline.store.TestEvents.event;
import static io.meterline.store.TestEvents.micros;
import static io.meterline.store.TestEvents.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.Period;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Periods, all of time, and windows, whose bounds are always UTC instants. */
interface WindowCases extends StoreCases {

    long HOUR_MICROS = 3_600_000_000L;

    private static Event at(String instant, int amount) {
        return event(TYPE).id(instant).at(instant).with("p", amount).build();
    }

    private static TestUsage sumOfP() {
        return TestUsage.usage(TYPE, new Measure.Sum("p"));
    }

    @Test
    default void periodIsHalfOpen() {
        write(
                at("2025-12-31T23:59:59.999999Z", 1),
                at("2026-01-01T00:00:00Z", 2),
                at("2026-01-31T23:59:59.999999Z", 4),
                at("2026-02-01T00:00:00Z", 8));

        assertThat(ask(sumOfP().from("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"))
                        .total())
                .isEqualTo("6/2");
    }

    @Test
    default void periodWithoutLengthHasNoEvents() {
        write(at("2026-01-01T00:00:00Z", 2));

        assertThat(ask(sumOfP().from("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"))
                        .total())
                .isEqualTo("null/0");
    }

    @Test
    default void allTimeHasNoBeginning() {
        write(at("0001-01-01T00:00:00Z", 1), at("1969-12-31T23:59:59.999999Z", 2), at("2026-01-01T00:00:00Z", 4));

        assertThat(ask(sumOfP().during(Period.until(micros("2026-01-01T00:00:00Z"))))
                        .total())
                .isEqualTo("3/2");
        assertThat(ask(sumOfP().during(Period.ALWAYS)).total()).isEqualTo("7/3");
    }

    @Test
    default void windowsSplitAFigureByTheirBounds() {
        write(
                at("2026-01-01T00:00:00Z", 1),
                at("2026-01-01T23:59:59.999999Z", 2),
                at("2026-01-02T00:00:00Z", 4),
                at("2026-01-03T12:00:00Z", 8),
                at("2026-01-04T00:00:00Z", 16));

        Answer answer = ask(sumOfP().windows(
                        "2026-01-01T00:00:00Z",
                        "2026-01-02T00:00:00Z",
                        "2026-01-03T00:00:00Z",
                        "2026-01-04T00:00:00Z"));

        assertThat(answer.windows()).containsExactly("3/2", "4/1", "8/1");
        assertThat(answer.total()).isEqualTo("15/4");
    }

    @Test
    default void emptyWindowsArePresent() {
        write(at("2026-01-02T00:00:00Z", 4));
        String[] bounds = {
            "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z", "2026-01-04T00:00:00Z"
        };

        assertThat(ask(sumOfP().windows(bounds)).windows()).containsExactly("null/0", "4/1", "null/0");
        assertThat(ask(TestUsage.usage(TYPE, new Measure.Count()).windows(bounds))
                        .windows())
                .containsExactly("0/0", "1/1", "0/0");
        assertThat(ask(TestUsage.usage(TYPE, new Measure.CountDistinct("p")).windows(bounds))
                        .windows())
                .containsExactly("0/0", "1/1", "0/0");
    }

    @Test
    default void windowsOfATypeWithoutEventsArePresent() {
        Answer answer = ask(TestUsage.usage("unknown", new Measure.Sum("p"))
                .windows("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z")
                .by("region"));

        assertThat(answer).isEqualTo(new Answer("null/0", List.of("null/0", "null/0"), Map.of(), Map.of(), 0));
    }

    @Test
    default void dayOfTheClockChangeHasTwentyThreeOrTwentyFiveHours() {
        // Days of Paris: on 29 March 2026 clocks go forward, on 25 October back.
        write(
                at("2026-03-28T22:59:59Z", 1),
                at("2026-03-28T23:00:00Z", 2),
                at("2026-03-29T21:59:59Z", 4),
                at("2026-03-29T22:00:00Z", 8),
                at("2026-10-24T22:00:00Z", 16),
                at("2026-10-25T22:59:59Z", 32),
                at("2026-10-25T23:00:00Z", 64));

        assertThat(ask(sumOfP().windows("2026-03-27T23:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"))
                        .windows())
                .containsExactly("1/1", "6/2");
        assertThat(ask(sumOfP().windows("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", "2026-10-26T23:00:00Z"))
                        .windows())
                .containsExactly("48/2", "64/1");
    }

    @Test
    default void monthsAreWindowsOfTheirOwnLengths() {
        write(
                at("2026-01-31T23:00:00Z", 1),
                at("2026-02-01T00:00:00Z", 2),
                at("2026-02-28T23:59:59Z", 4),
                at("2026-03-31T23:59:59Z", 8));

        assertThat(ask(sumOfP().windows(
                                        "2026-01-15T00:00:00Z",
                                        "2026-02-01T00:00:00Z",
                                        "2026-03-01T00:00:00Z",
                                        "2026-04-01T00:00:00Z"))
                        .windows())
                .containsExactly("1/1", "6/2", "8/1");
    }

    @Test
    default void everyMeasureIsComputedInEachWindow() {
        write(
                event(TYPE).id("1").at("2026-01-01T01:00:00Z").with("p", 3).build(),
                event(TYPE).id("2").at("2026-01-01T02:00:00Z").with("p", "1").build(),
                event(TYPE).id("3").at("2026-01-01T03:00:00Z").with("p", "x").build(),
                event(TYPE).id("4").at("2026-01-02T01:00:00Z").with("p", 7).build(),
                event(TYPE).id("5").at("2026-01-02T00:30:00Z").with("p", 8).build());

        assertWindows(new Measure.Count(), "3/3", "2/2");
        assertWindows(new Measure.CountDistinct("p"), "3/3", "2/2");
        assertWindows(new Measure.Sum("p"), "4/2", "15/2");
        assertWindows(new Measure.Max("p"), "3/2", "8/2");
        assertWindows(new Measure.Min("p"), "1/2", "7/2");
        assertWindows(new Measure.Average("p"), "2/2", "7.5/2");
        assertWindows(new Measure.Latest("p"), "1/2", "7/2");
        assertWindows(new Measure.Percentile("p", number("10")), "1.2/2", "7.1/2");
        assertWindows(new Measure.Formula(new Expression.PropertyRef("p")), "4/2", "15/2");
    }

    private void assertWindows(Measure measure, String... cells) {
        assertThat(ask(TestUsage.usage(TYPE, measure)
                                .windows("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z"))
                        .windows())
                .as("%s", measure)
                .containsExactly(cells);
    }

    @Test
    default void distinctValuesOfTheTotalAreNotTheSumOfTheWindows() {
        write(
                event(TYPE).id("1").at("2026-01-01T00:00:00Z").with("p", "a").build(),
                event(TYPE).id("2").at("2026-01-02T00:00:00Z").with("p", "a").build());

        Answer answer = ask(TestUsage.usage(TYPE, new Measure.CountDistinct("p"))
                .windows("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z"));

        assertThat(answer.windows()).containsExactly("1/1", "1/1");
        assertThat(answer.total()).isEqualTo("1/2");
    }

    @Test
    default void yearOfHoursHasAWindowForEach() {
        long start = micros("2026-01-01T00:00:00Z");
        int hours = 365 * 24;
        List<Long> bounds = new ArrayList<>();
        for (int hour = 0; hour <= hours; hour++) {
            bounds.add(start + hour * HOUR_MICROS);
        }
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            events.add(event(TYPE)
                    .id(i)
                    .at(start + i * 87L * HOUR_MICROS)
                    .with("p", i)
                    .build());
        }
        write(Environment.LIVE, events);

        Answer answer = ask(sumOfP().windows(bounds));

        assertThat(answer.total()).isEqualTo("4950/100");
        List<String> expected = new ArrayList<>(Collections.nCopies(hours, "null/0"));
        for (int i = 0; i < 100; i++) {
            expected.set(i * 87, i + "/1");
        }
        assertThat(answer.windows()).isEqualTo(expected);
    }

    @Test
    default void windowsMayBeMicrosecondsLong() {
        write(at("2026-01-01T00:00:00.000001Z", 1), at("2026-01-01T00:00:00.000002Z", 2));

        assertThat(ask(sumOfP().windows(
                                        "2026-01-01T00:00:00Z",
                                        "2026-01-01T00:00:00.000001Z",
                                        "2026-01-01T00:00:00.000002Z",
                                        "2026-01-01T00:00:00.000003Z"))
                        .windows())
                .containsExactly("null/0", "1/1", "2/1");
    }
}
