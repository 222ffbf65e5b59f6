package io.meterline.store;

import static io.meterline.store.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.store.EventWriter.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which version of a pulled row is current, and what a load is told of its rows. */
interface PulledCases extends StoreCases {

    Outcome UNCHANGED = new Outcome(0, 0, 0, 1, 0);
    Outcome REPEATED = new Outcome(0, 0, 0, 0, 1);

    private static TestEvents.Builder row(long load, int amount) {
        return event(TYPE).id("a").pulled(load).with("amount", amount);
    }

    @Test
    default void pushedAndPulledRecordsNeverReplaceEachOther() {
        write(event(TYPE).id("a").with("amount", 1).build());

        Outcome outcome = write(
                row(1, 10).build(),
                event(TYPE).id("a").pulledById(1).with("amount", 100).build());

        assertThat(outcome).isEqualTo(new Outcome(2, 0, 0, 0, 0));
        assertThat(total(new Measure.Sum("amount"))).isEqualTo("111/3");
    }

    @Test
    default void latestLoadWinsWhateverTheTimestampsOfItsRows() {
        write(row(1, 10).at("2026-01-05T00:00:00Z").build());

        assertThat(write(row(2, 7).at("2026-01-01T00:00:00Z").build())).isEqualTo(VersionCases.CORRECTED);

        assertThat(total(new Measure.Sum("amount"))).isEqualTo("7/1");
    }

    @Test
    default void rowOfAnEarlierLoadIsIgnored() {
        write(row(5, 10).at("2026-01-01T00:00:00Z").build());

        assertThat(write(row(4, 7).at("2026-01-05T00:00:00Z").build())).isEqualTo(VersionCases.IGNORED);

        assertThat(total(new Measure.Sum("amount"))).isEqualTo("10/1");
    }

    @Test
    default void idOfTwoCustomersIsTwoRows() {
        Outcome outcome =
                write(row(1, 10).customer(1).build(), row(1, 7).customer(2).build());

        assertThat(outcome).isEqualTo(new Outcome(2, 0, 0, 0, 0));
        assertThat(ask(TestUsage.usage(TYPE, new Measure.Sum("amount")).byCustomer())
                        .groups())
                .containsEntry(List.of("1"), List.of("10/1"))
                .containsEntry(List.of("2"), List.of("7/1"));
    }

    @Test
    default void rowWithIdentityIdMovesToItsNewCustomer() {
        write(event(TYPE).id("a").pulledById(1).customer(1).with("amount", 10).build());

        Outcome outcome = write(
                event(TYPE).id("a").pulledById(2).customer(2).with("amount", 10).build());

        assertThat(outcome).isEqualTo(VersionCases.CORRECTED);
        assertThat(ask(TestUsage.usage(TYPE, new Measure.Sum("amount")).byCustomer())
                        .groups())
                .hasSize(1)
                .containsEntry(List.of("2"), List.of("10/1"));
    }

    @Test
    default void rowThatSaysWhatIsStoredIsUnchangedAndKeepsItsTimeOfAcceptance() {
        Event first = row(1, 10).with("tags", List.of("x", 1)).build();
        write(first);
        StoredEvent before = current(first);
        clock().advance(Duration.ofHours(1));

        assertThat(write(row(2, 10).with("tags", List.of("x", 1)).build())).isEqualTo(UNCHANGED);

        assertThat(current(first).ingestedAtMicros()).isEqualTo(before.ingestedAtMicros());
        assertThat(current(first).sequence()).isEqualTo(before.sequence());
        assertThat(total(new Measure.Sum("amount"))).isEqualTo("10/1");
    }

    @Test
    default void unchangedRowIsAsCurrentAsItsLoad() {
        write(row(5, 10).build());
        write(row(7, 10).build());

        assertThat(write(row(6, 99).build())).isEqualTo(VersionCases.IGNORED);

        assertThat(sum("amount")).isEqualTo("10");
    }

    @Test
    default void equalNumbersOfDifferentScaleAreUnchanged() {
        write(row(1, 0).with("rate", TestEvents.number("1.50")).build());

        assertThat(write(row(2, 0).with("rate", TestEvents.number("1.5")).build()))
                .isEqualTo(UNCHANGED);
    }

    @Test
    default void orderOfPropertiesIsNoChange() {
        write(event(TYPE).pulled(1).with("a", 1).with("b", 2).build());

        assertThat(write(event(TYPE).pulled(2).with("b", 2).with("a", 1).build()))
                .isEqualTo(UNCHANGED);
    }

    @Test
    default void rowThatDiffersInAnythingIsACorrection() {
        TestEvents.Builder first = event(TYPE).id("7").pulledById(1).with("p", 1);
        List<TestEvents.Builder> different = List.of(
                event(TYPE).id("7").with("p", 2),
                event(TYPE).id("7").with("p", "1"),
                event(TYPE).id("7").with("p", true),
                event(TYPE).id("7").with("p", List.of(1)),
                event(TYPE).id("7").with("p", null),
                event(TYPE).id("7"),
                event(TYPE).id("7").with("P", 1),
                event(TYPE).id("7").with("p", 1).with("q", null),
                event(TYPE).id("7").with("p", 1).with("q", ""),
                event(TYPE).id(7).with("p", 1),
                event(TYPE).id("7").with("p", 1).customer(2),
                event(TYPE).id("7").with("p", 1).at("2026-01-01T00:00:00.000001Z"));
        long load = 1;
        for (TestEvents.Builder row : different) {
            write(first.pulledById(load++).build());

            assertThat(write(row.pulledById(load++).build()))
                    .as("%s", row.build())
                    .isEqualTo(VersionCases.CORRECTED);
        }
    }

    @Test
    default void sameKeyTwiceInALoadIsRepeatedAndTheLastRowWins() {
        Outcome outcome = write(
                row(1, 10).at("2026-01-05T00:00:00Z").build(),
                row(1, 7).at("2026-01-01T00:00:00Z").build());

        assertThat(outcome).isEqualTo(VersionCases.CREATED.plus(REPEATED));
        assertThat(total(new Measure.Sum("amount"))).isEqualTo("7/1");
    }

    @Test
    default void sameKeyInTwoGroupsOfALoadIsRepeated() {
        write(row(1, 10).build());

        assertThat(write(row(1, 10).build())).isEqualTo(REPEATED);
    }

    @Test
    default void rowThatIsUnchangedAndComesTwiceIsRepeated() {
        write(row(1, 10).build());

        assertThat(write(row(2, 10).build(), row(2, 10).build())).isEqualTo(UNCHANGED.plus(REPEATED));
    }

    @Test
    default void deletedRowIsRecreatedByTheNextLoad() {
        Event first = row(1, 10).build();
        write(first);
        delete(first.key());

        assertThat(write(row(2, 10).build())).isEqualTo(VersionCases.CREATED);

        assertThat(total(new Measure.Sum("amount"))).isEqualTo("10/1");
    }

    @Test
    default void loadsOfTheTwoEnvironmentsAreApart() {
        write(row(2, 10).build());

        Outcome outcome =
                write(Environment.TEST, List.of(row(1, 7).in(Environment.TEST).build()));

        assertThat(outcome).isEqualTo(VersionCases.CREATED);
        assertThat(sum("amount")).isEqualTo("10");
    }
}
