package io.meterline.store;

import static io.meterline.store.TestEvents.event;
import static io.meterline.store.TestEvents.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Event;
import io.meterline.event.Period;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The level that changes add up to, averaged over time. */
interface WeightedSumCases extends StoreCases {

    Measure FROM_ZERO = new Measure.WeightedSum("seats", false);
    Measure CARRIED = new Measure.WeightedSum("seats", true);

    private static Event change(String at, Object seats) {
        return event(TYPE).id(at).at(at).with("seats", seats).build();
    }

    private static TestUsage januaryFirstToFifth(Measure measure) {
        return TestUsage.usage(TYPE, measure).from("2026-01-01T00:00:00Z", "2026-01-05T00:00:00Z");
    }

    @Test
    default void levelIsAveragedOverThePeriodAndHoldsUntilItsEnd() {
        // 10 seats for two of four days, 14 for the other two
        write(change("2026-01-01T00:00:00Z", 10), change("2026-01-03T00:00:00Z", 4));

        assertThat(ask(januaryFirstToFifth(FROM_ZERO)).total()).isEqualTo("12/2");
    }

    @Test
    default void levelIsZeroUntilTheFirstChange() {
        write(change("2026-01-04T00:00:00Z", 10));

        assertThat(ask(januaryFirstToFifth(FROM_ZERO)).total()).isEqualTo("2.5/1");
    }

    @Test
    default void seatsThatAreGivenBackCountForTheTimeTheyWereHeld() {
        write(change("2026-01-01T12:00:00Z", 8), change("2026-01-03T12:00:00Z", -8));

        assertThat(ask(januaryFirstToFifth(FROM_ZERO)).total()).isEqualTo("4/2");
    }

    @Test
    default void earlierEventsCountOnlyWithCarryOver() {
        write(
                change("2025-12-01T00:00:00Z", 10),
                change("2025-12-31T23:59:59.999999Z", -4),
                change("2026-01-03T00:00:00Z", 2));

        assertThat(ask(januaryFirstToFifth(FROM_ZERO)).total()).isEqualTo("1/1");
        assertThat(ask(januaryFirstToFifth(CARRIED)).total()).isEqualTo("7/1");
    }

    @Test
    default void levelOfEarlierEventsAloneIsAValueOverNoEvents() {
        write(change("2025-12-01T00:00:00Z", 10));

        assertThat(ask(januaryFirstToFifth(FROM_ZERO)).total()).isEqualTo("null/0");
        assertThat(ask(januaryFirstToFifth(CARRIED)).total()).isEqualTo("10/0");
    }

    @Test
    default void laterEventsDoNotCount() {
        write(change("2026-01-05T00:00:00Z", 10));

        assertThat(ask(januaryFirstToFifth(FROM_ZERO)).total()).isEqualTo("null/0");
        assertThat(ask(januaryFirstToFifth(CARRIED)).total()).isEqualTo("null/0");
    }

    @Test
    default void windowStartsAtTheLevelThatTheOneBeforeLeft() {
        write(change("2026-01-02T12:00:00Z", 10), change("2026-01-04T00:00:00Z", -4));
        String[] days = {
            "2026-01-01T00:00:00Z",
            "2026-01-02T00:00:00Z",
            "2026-01-03T00:00:00Z",
            "2026-01-04T00:00:00Z",
            "2026-01-05T00:00:00Z"
        };

        Answer answer = ask(TestUsage.usage(TYPE, FROM_ZERO).windows(days));

        assertThat(answer.windows()).containsExactly("null/0", "5/1", "10/0", "6/1");
        assertThat(answer.total()).isEqualTo("5.25/2");
    }

    @Test
    default void firstWindowStartsAtTheCarriedLevel() {
        write(change("2025-12-02T12:00:00Z", 10), change("2026-01-02T12:00:00Z", -4));

        Answer answer = ask(TestUsage.usage(TYPE, CARRIED)
                .windows("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z"));

        assertThat(answer.windows()).containsExactly("10/0", "8/1");
        assertThat(answer.total()).isEqualTo("9/1");
    }

    @Test
    default void levelThatCancelsOutIsZeroAndNotNothing() {
        write(change("2025-12-01T00:00:00Z", 10), change("2025-12-02T00:00:00Z", -10));

        assertThat(ask(januaryFirstToFifth(CARRIED)).total()).isEqualTo("0/0");
    }

    @Test
    default void windowsOfUnequalLengthAreAveragedEachOnItsOwn() {
        // The day the clocks go forward in Paris has 23 hours.
        write(change("2026-03-29T09:00:00Z", 23));

        Answer answer = ask(TestUsage.usage(TYPE, FROM_ZERO)
                .windows("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", "2026-03-30T22:00:00Z"));

        assertThat(answer.windows()).containsExactly("13/1", "23/0");
    }

    @Test
    default void averageIsRoundedOnce() {
        write(change("2026-01-01T00:00:00.000001Z", 1));

        assertThat(ask(TestUsage.usage(TYPE, FROM_ZERO).from("2026-01-01T00:00:00Z", "2026-01-01T00:00:00.000003Z"))
                        .total())
                .isEqualTo("0.666666666666666667/1");
    }

    @Test
    default void greatestNumbersAreAveragedExactly() {
        write(
                change("2026-01-01T00:00:00Z", number(NumberCases.MOST)),
                change("2026-01-02T00:00:00Z", number(NumberCases.MOST)),
                change("2026-01-03T00:00:00Z", number("-" + NumberCases.MOST)));

        assertThat(ask(januaryFirstToFifth(FROM_ZERO)).total()).isEqualTo("124999999999999999999.999999999999999999/3");
    }

    @Test
    default void narrowWideAndCoercedChangesAddUp() {
        write(
                change("2026-01-01T00:00:00Z", number("0.0000001")),
                change("2026-01-03T00:00:00Z", 2),
                change("2026-01-02T00:00:00Z", "4"));

        Answer answer = ask(januaryFirstToFifth(FROM_ZERO));

        assertThat(answer.total()).isEqualTo("4.0000001/3");
        assertThat(answer.coerced()).isEqualTo(1);
    }

    @Test
    default void exclusionsAndCoercionsBeforeThePeriodAreNotReported() {
        write(
                change("2025-12-01T00:00:00Z", "10"),
                change("2025-12-02T00:00:00Z", "x"),
                event(TYPE).id("missing before").at("2025-12-03T00:00:00Z").build(),
                event(TYPE).id("missing in it").at("2026-01-03T00:00:00Z").build());

        Answer answer = ask(januaryFirstToFifth(CARRIED));

        assertThat(answer).isEqualTo(new Answer("10/0", List.of(), Map.of(), Map.of(Measure.PROPERTY_MISSING, 1L), 0));
    }

    @Test
    default void groupsCarryTheirOwnLevels() {
        write(
                event(TYPE)
                        .id("1")
                        .customer(1)
                        .at("2025-12-01T00:00:00Z")
                        .with("seats", 10)
                        .build(),
                event(TYPE)
                        .id("2")
                        .customer(2)
                        .at("2026-01-03T00:00:00Z")
                        .with("seats", 6)
                        .build(),
                event(TYPE)
                        .id("3")
                        .customer(3)
                        .at("2025-12-01T00:00:00Z")
                        .with("seats", 7)
                        .build(),
                event(TYPE)
                        .id("4")
                        .customer(4)
                        .at("2025-12-01T00:00:00Z")
                        .with("seats", "x")
                        .build());

        TestUsage question = TestUsage.usage(TYPE, CARRIED)
                .windows("2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z", "2026-01-05T00:00:00Z")
                .merged(3, 1)
                .byCustomer();

        assertThat(ask(question).groups())
                .isEqualTo(Map.of(
                        List.of("1"), List.of("17/0", "17/0", "17/0"),
                        List.of("2"), List.of("3/1", "null/0", "6/1")));
    }

    @Test
    default void filterAndCustomersApplyToEarlierEventsToo() {
        write(
                event(TYPE)
                        .id("1")
                        .customer(1)
                        .at("2025-12-01T00:00:00Z")
                        .with("seats", 10)
                        .with("plan", "a")
                        .build(),
                event(TYPE)
                        .id("2")
                        .customer(1)
                        .at("2025-12-01T00:00:00Z")
                        .with("seats", 5)
                        .with("plan", "b")
                        .build(),
                event(TYPE)
                        .id("3")
                        .customer(2)
                        .at("2025-12-01T00:00:00Z")
                        .with("seats", 3)
                        .with("plan", "a")
                        .build());

        TestUsage question = januaryFirstToFifth(CARRIED)
                .where(TestUsage.is("plan", Filter.Operator.EQUALS, "a"))
                .customers(1);

        assertThat(ask(question).total()).isEqualTo("10/0");
    }

    @Test
    default void periodWithoutLengthHasNoValue() {
        write(change("2025-12-01T00:00:00Z", 10));

        assertThat(ask(TestUsage.usage(TYPE, CARRIED).from("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"))
                        .total())
                .isEqualTo("null/0");
    }

    @Test
    default void periodWithoutABeginningIsRefused() {
        Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> ask(TestUsage.usage(TYPE, FROM_ZERO).during(Period.until(0))));
    }
}
