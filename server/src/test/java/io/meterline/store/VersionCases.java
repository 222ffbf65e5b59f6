package io.meterline.store;

import static io.meterline.store.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.PropertyValue;
import io.meterline.event.Source;
import io.meterline.store.EventWriter.Outcome;
import io.meterline.store.EventWriter.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which version of a pushed or imported record is current. */
interface VersionCases extends StoreCases {

    Outcome CREATED = new Outcome(1, 0, 0, 0, 0);
    Outcome CORRECTED = new Outcome(0, 1, 0, 0, 0);
    Outcome IGNORED = new Outcome(0, 0, 1, 0, 0);

    private static TestEvents.Builder version(String at, int amount) {
        return event(TYPE).id("a").at(at).with("amount", amount);
    }

    @Test
    default void firstVersionCreatesTheRecord() {
        assertThat(write(version("2026-01-05T00:00:00Z", 10).build())).isEqualTo(CREATED);

        assertThat(total(new Measure.Sum("amount"))).isEqualTo("10/1");
    }

    @Test
    default void laterVersionCorrectsTheRecord() {
        write(version("2026-01-05T00:00:00Z", 10).build());

        assertThat(write(version("2026-01-06T00:00:00Z", 7).build())).isEqualTo(CORRECTED);

        assertThat(total(new Measure.Sum("amount"))).isEqualTo("7/1");
    }

    @Test
    default void olderVersionIsAcceptedAndIgnored() {
        write(version("2026-01-05T00:00:00Z", 10).build());

        assertThat(write(version("2026-01-04T23:59:59.999999Z", 7).build())).isEqualTo(IGNORED);

        assertThat(total(new Measure.Sum("amount"))).isEqualTo("10/1");
    }

    @Test
    default void ofEqualTimestampsTheLastReceivedWins() {
        write(version("2026-01-05T00:00:00Z", 10).build());

        assertThat(write(version("2026-01-05T00:00:00Z", 7).build())).isEqualTo(CORRECTED);

        assertThat(total(new Measure.Sum("amount"))).isEqualTo("7/1");
    }

    @Test
    default void samePushedEventAgainIsACorrection() {
        write(version("2026-01-05T00:00:00Z", 10).build());

        assertThat(write(version("2026-01-05T00:00:00Z", 10).build())).isEqualTo(CORRECTED);
    }

    @Test
    default void withinAGroupTheLastOfEqualTimestampsWins() {
        Outcome outcome = write(
                version("2026-01-05T00:00:00Z", 1).build(),
                version("2026-01-05T00:00:00Z", 2).build(),
                version("2026-01-05T00:00:00Z", 3).build());

        assertThat(outcome).isEqualTo(new Outcome(1, 2, 0, 0, 0));
        assertThat(total(new Measure.Sum("amount"))).isEqualTo("3/1");
    }

    @Test
    default void withinAGroupTheGreatestTimestampWinsWhereverItStands() {
        Outcome outcome = write(
                version("2026-01-05T00:00:00Z", 1).build(),
                version("2026-01-07T00:00:00Z", 2).build(),
                version("2026-01-06T00:00:00Z", 3).build());

        assertThat(outcome).isEqualTo(new Outcome(1, 1, 1, 0, 0));
        assertThat(total(new Measure.Sum("amount"))).isEqualTo("2/1");
    }

    @Test
    default void thousandVersionsOfOneRecordInOneGroupLeaveOne() {
        List<Event> versions = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            versions.add(version("2026-01-05T00:00:00Z", i).build());
        }

        assertThat(write(Environment.LIVE, versions)).isEqualTo(new Outcome(1, 999, 0, 0, 0));

        assertThat(total(new Measure.Sum("amount"))).isEqualTo("999/1");
    }

    @Test
    default void versionReplacesTheWholeRecord() {
        Event first = version("2026-01-05T00:00:00Z", 10).with("region", "eu").build();
        write(first);

        write(version("2026-01-06T00:00:00Z", 7).with("zone", "b").build());

        assertThat(Row.of(current(first)).properties())
                .containsOnlyKeys("amount", "zone")
                .containsEntry("zone", new PropertyValue.Text("b"));
        assertThat(ask(TestUsage.usage(TYPE, new Measure.Count()).by("region")).groups())
                .hasSize(1)
                .containsValue(List.of("1/1"));
    }

    @Test
    default void lateEventLandsInItsOwnPeriod() {
        write(version("2026-02-05T00:00:00Z", 10).build());

        write(event(TYPE)
                .id("late")
                .at("2026-01-20T00:00:00Z")
                .with("amount", 3)
                .build());

        TestUsage january =
                TestUsage.usage(TYPE, new Measure.Sum("amount")).from("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
        assertThat(ask(january).total()).isEqualTo("3/1");
    }

    @Test
    default void correctionThatIsDatedLaterLeavesItsOldPeriodAtOnce() {
        write(version("2026-01-31T00:00:00Z", 10).build());

        write(version("2026-02-01T00:00:00Z", 7).build());

        TestUsage months = TestUsage.usage(TYPE, new Measure.Sum("amount"))
                .windows("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z");
        assertThat(ask(months).windows()).containsExactly("null/0", "7/1");
    }

    @Test
    default void correctionMovesTheRecordToAnotherCustomer() {
        write(version("2026-01-05T00:00:00Z", 10).customer(1).build());

        write(version("2026-01-06T00:00:00Z", 10).customer(2).build());

        TestUsage sum = TestUsage.usage(TYPE, new Measure.Sum("amount"));
        assertThat(ask(sum.customers(1)).total()).isEqualTo("null/0");
        assertThat(ask(sum.customers(2)).total()).isEqualTo("10/1");
    }

    @Test
    default void ignoredVersionDoesNotMoveTheRecordToItsCustomer() {
        write(version("2026-01-05T00:00:00Z", 10).customer(1).build());

        write(version("2026-01-04T00:00:00Z", 10).customer(2).build());

        TestUsage sum = TestUsage.usage(TYPE, new Measure.Sum("amount"));
        assertThat(ask(sum.customers(2)).total()).isEqualTo("null/0");
        assertThat(ask(sum.customers(1)).total()).isEqualTo("10/1");
    }

    @Test
    default void recordThatMovesBackAndForthIsCountedOnce() {
        for (int day = 1; day <= 9; day++) {
            write(version("2026-01-0" + day + "T00:00:00Z", day)
                    .customer(day % 2)
                    .build());
        }

        TestUsage sum = TestUsage.usage(TYPE, new Measure.Sum("amount")).byCustomer();
        assertThat(ask(sum).groups()).hasSize(1).containsEntry(List.of("1"), List.of("9/1"));
    }

    @Test
    default void replaceWinsWhateverItsTimestamp() {
        write(version("2026-01-05T00:00:00Z", 10).build());

        assertThat(write(version("2026-01-01T00:00:00Z", 7).replace().build())).isEqualTo(CORRECTED);

        assertThat(total(new Measure.Sum("amount"))).isEqualTo("7/1");
    }

    @Test
    default void afterAReplaceVersionsAreHeldAgainstTheReplacement() {
        write(version("2026-01-10T00:00:00Z", 10).build());
        write(version("2026-01-05T00:00:00Z", 5).replace().build());

        assertThat(write(version("2026-01-04T00:00:00Z", 4).build())).isEqualTo(IGNORED);
        assertThat(write(version("2026-01-07T00:00:00Z", 7).build())).isEqualTo(CORRECTED);

        assertThat(total(new Measure.Sum("amount"))).isEqualTo("7/1");
    }

    @Test
    default void replaceOfNothingCreates() {
        assertThat(write(version("2026-01-05T00:00:00Z", 10).replace().build())).isEqualTo(CREATED);
    }

    @Test
    default void withinAGroupAReplaceHoldsFromItsPlaceOn() {
        Outcome outcome = write(
                version("2026-01-10T00:00:00Z", 1).build(),
                version("2026-01-02T00:00:00Z", 2).replace().build(),
                version("2026-01-03T00:00:00Z", 3).build(),
                version("2026-01-02T00:00:00Z", 4).build());

        assertThat(outcome).isEqualTo(new Outcome(1, 2, 1, 0, 0));
        assertThat(total(new Measure.Sum("amount"))).isEqualTo("3/1");
    }

    @Test
    default void deletedRecordIsGoneFromEveryFigure() {
        Event event = version("2026-01-05T00:00:00Z", 10).build();
        write(event);

        assertThat(delete(event.key())).isEqualTo(1);

        assertThat(store().find(Environment.LIVE, event.key())).isEmpty();
        assertThat(store().list(Environment.LIVE, EventQuery.all(10)).total()).isZero();
        assertThat(total(new Measure.Count())).isEqualTo("0/0");
        assertThat(total(new Measure.Sum("amount"))).isEqualTo("null/0");
    }

    @Test
    default void deleteCountsOnlyRecordsThatWereThere() {
        Event there = event(TYPE).id("there").build();
        Event never = event(TYPE).id("never").build();
        write(there);

        assertThat(delete(there.key(), never.key(), there.key())).isEqualTo(1);
        assertThat(delete(there.key())).isZero();
        assertThat(delete()).isZero();
    }

    @Test
    default void deletedRecordIsCreatedAnewAlsoWithAnOlderTimestamp() {
        Event event = version("2026-01-05T00:00:00Z", 10).build();
        write(event);
        delete(event.key());

        assertThat(write(version("2026-01-01T00:00:00Z", 7).build())).isEqualTo(CREATED);

        assertThat(total(new Measure.Sum("amount"))).isEqualTo("7/1");
    }

    @Test
    default void recreatedRecordIsHeldAgainstItsNewVersionOnly() {
        Event event = version("2026-01-05T00:00:00Z", 10).build();
        write(event);
        delete(event.key());
        write(version("2026-01-01T00:00:00Z", 7).build());

        assertThat(write(version("2026-01-02T00:00:00Z", 8).build())).isEqualTo(CORRECTED);

        assertThat(total(new Measure.Sum("amount"))).isEqualTo("8/1");
    }

    @Test
    default void deletesKeepTheirPlaceBetweenGroupsThatNobodyWaitedFor() {
        Event event = version("2026-01-05T00:00:00Z", 10).build();
        Event older = version("2026-01-01T00:00:00Z", 7).build();

        Receipt first = append(Environment.LIVE, List.of(event));
        CompletableFuture<Integer> deleted = store().delete(Environment.LIVE, List.of(event.key()));
        Receipt second = append(Environment.LIVE, List.of(older));

        assertThat(await(first.applied())).isEqualTo(CREATED);
        assertThat(await(deleted)).isEqualTo(1);
        assertThat(await(second.applied())).isEqualTo(CREATED);
        assertThat(total(new Measure.Sum("amount"))).isEqualTo("7/1");
    }

    @Test
    default void importedEventsShareTheirKeysWithPushedOnes() {
        Event pushed = version("2026-01-05T00:00:00Z", 10).build();
        write(pushed);

        Outcome outcome = write(version("2026-01-05T00:00:00Z", 7).imported().build());

        assertThat(outcome).isEqualTo(CORRECTED);
        assertThat(current(pushed).event().source()).isEqualTo(Source.IMPORT);
        assertThat(total(new Measure.Sum("amount"))).isEqualTo("7/1");
    }

    @Test
    default void idAsANumberAndAsTextIsTheSameRecord() {
        write(event(TYPE).id(485).with("amount", 1).build());
        Event asText = event(TYPE).id("485").with("amount", 2).build();

        assertThat(write(asText)).isEqualTo(CORRECTED);

        assertThat(current(asText).event().idIsNumber()).isFalse();
        assertThat(total(new Measure.Sum("amount"))).isEqualTo("2/1");
    }

    @Test
    default void environmentsAreWorldsApart() {
        Event live = version("2026-01-05T00:00:00Z", 10).build();
        Event test = version("2026-01-01T00:00:00Z", 7).in(Environment.TEST).build();
        write(live);

        assertThat(write(Environment.TEST, List.of(test))).isEqualTo(CREATED);

        TestUsage sum = TestUsage.usage(TYPE, new Measure.Sum("amount"));
        assertThat(ask(Environment.LIVE, sum).total()).isEqualTo("10/1");
        assertThat(ask(Environment.TEST, sum).total()).isEqualTo("7/1");
        assertThat(store().find(Environment.TEST, live.key())).isEmpty();
        assertThat(await(store().delete(Environment.TEST, List.of(live.key())))).isZero();
        assertThat(store().list(Environment.TEST, EventQuery.all(10)).total()).isEqualTo(1);
    }

    @Test
    default void equalIdsOfTwoEventTypesAreTwoRecords() {
        Outcome outcome = write(
                event("api_calls").id("1").with("amount", 10).build(),
                event("storage").id("1").with("amount", 7).build());

        assertThat(outcome).isEqualTo(new Outcome(2, 0, 0, 0, 0));
        assertThat(sum("amount")).isEqualTo("10");
    }

    @Test
    default void eventTypesThatDifferOnlyInCaseAreTwo() {
        write(
                event("Api_Calls").id("1").with("amount", 1).build(),
                event("api_calls").id("1").with("amount", 2).build());

        assertThat(ask(TestUsage.usage("Api_Calls", new Measure.Sum("amount"))).total())
                .isEqualTo("1/1");
        assertThat(sum("amount")).isEqualTo("2");
    }

    @Test
    default void emptyGroupChangesNothing() {
        assertThat(write()).isEqualTo(Outcome.NONE);
    }
}
