package io.meterline.store;

import static io.meterline.store.TestEvents.event;
import static io.meterline.store.TestUsage.is;
import static io.meterline.store.TestUsage.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.event.Event;
import io.meterline.store.Filter.Operator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which version counts as if some events had just been pushed. */
interface WhatIfVersionCases extends StoreCases {

    @Test
    default void newEventIsAdded() {
        write(event(TYPE).id("a").with("p", 1).build());

        assertThat(sumIf(event(TYPE).id("b").with("p", 2).build())).isEqualTo("3/2");
        assertThat(sumIf(
                        event(TYPE).id("b").with("p", "0.5").build(),
                        event(TYPE).id("c").build()))
                .isEqualTo("1.5/2");
    }

    @Test
    default void laterVersionTakesThePlaceOfTheStoredOne() {
        write(event(TYPE)
                .id("a")
                .at("2026-01-02T00:00:00Z")
                .with("p", 1)
                .with("q", 9)
                .build());

        assertThat(sumIf(event(TYPE)
                        .id("a")
                        .at("2026-01-03T00:00:00Z")
                        .with("p", 2)
                        .build()))
                .isEqualTo("2/1");
        assertThat(sumIf(event(TYPE)
                        .id("a")
                        .at("2026-01-02T00:00:00Z")
                        .with("p", 3)
                        .build()))
                .isEqualTo("3/1");
        assertThat(sumIf(event(TYPE)
                        .id("a")
                        .at("2026-01-01T00:00:00Z")
                        .with("p", 4)
                        .build()))
                .isEqualTo("1/1");
        // A version replaces the whole record.
        assertThat(ask(usage(TYPE, new Measure.Sum("q"))
                                .whatIf(List.of(event(TYPE)
                                        .id("a")
                                        .at("2026-01-03T00:00:00Z")
                                        .with("p", 2)
                                        .build())))
                        .excluded())
                .isEqualTo(Map.of(Measure.PROPERTY_MISSING, 1L));
    }

    @Test
    default void supposedEventsAreHeldAgainstEachOther() {
        Event first =
                event(TYPE).id("a").at("2026-01-02T00:00:00Z").with("p", 1).build();
        Event later =
                event(TYPE).id("a").at("2026-01-03T00:00:00Z").with("p", 2).build();
        Event equal =
                event(TYPE).id("a").at("2026-01-03T00:00:00Z").with("p", 3).build();
        Event replacing = event(TYPE)
                .id("a")
                .at("2026-01-01T00:00:00Z")
                .replace()
                .with("p", 4)
                .build();

        assertThat(sumIf(first, later)).isEqualTo("2/1");
        assertThat(sumIf(later, first)).isEqualTo("2/1");
        assertThat(sumIf(later, equal, first)).isEqualTo("3/1");
        assertThat(sumIf(equal, later)).isEqualTo("2/1");
        assertThat(sumIf(later, replacing)).isEqualTo("4/1");
        // The next is held against the version that replaced.
        assertThat(sumIf(later, replacing, first)).isEqualTo("1/1");
        write(event(TYPE).id("a").at("2026-01-02T00:00:00Z").with("p", 8).build());
        assertThat(sumIf(later, replacing, equal)).isEqualTo("3/1");
        assertThat(sumIf(replacing)).isEqualTo("4/1");
    }

    @Test
    default void winnerMovesToAnotherCustomer() {
        write(
                event(TYPE).id("a").customer(1).with("p", 1).build(),
                event(TYPE).id("b").customer(2).with("p", 2).build());
        List<Event> moved = List.of(event(TYPE).id("a").customer(2).with("p", 4).build());

        Answer answer = ask(usage(TYPE, new Measure.Sum("p")).byCustomer().whatIf(moved));
        assertThat(answer.groups()).isEqualTo(Map.of(List.of("2"), List.of("6/2")));
        assertThat(ask(usage(TYPE, new Measure.Sum("p")).customers(1).whatIf(moved))
                        .total())
                .isEqualTo("null/0");
        assertThat(ask(usage(TYPE, new Measure.Sum("p")).customers(2).whatIf(moved))
                        .total())
                .isEqualTo("6/2");
    }

    @Test
    default void winnerMovesOutOfThePeriodAndOutOfTheFilter() {
        write(
                event(TYPE).id("a").at("2026-01-02T00:00:00Z").with("p", 1).build(),
                event(TYPE).id("b").at("2026-01-02T00:00:00Z").with("p", 2).build());

        assertThat(ask(usage(TYPE, new Measure.Sum("p"))
                                .from("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")
                                .where(is("p", Operator.LT, 10))
                                .whatIf(List.of(
                                        event(TYPE)
                                                .id("a")
                                                .at("2026-02-01T00:00:00Z")
                                                .with("p", 3)
                                                .build(),
                                        event(TYPE)
                                                .id("b")
                                                .at("2026-01-03T00:00:00Z")
                                                .with("p", 10)
                                                .build())))
                        .total())
                .isEqualTo("null/0");
    }

    @Test
    default void pulledRecordsAreNoVersionsOfSupposedOnes() {
        write(event(TYPE).id("a").pulled(1).with("p", 1).build());

        assertThat(sumIf(event(TYPE).id("a").with("p", 2).build())).isEqualTo("3/2");
        Event pulled = event(TYPE).id("a").pulled(2).with("p", 2).build();
        assertThatThrownBy(() -> sumIf(pulled)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void deletedRecordIsCreatedAnewByAnOlderVersion() {
        Event stored =
                event(TYPE).id("a").at("2026-01-02T00:00:00Z").with("p", 1).build();
        write(stored);
        delete(stored.key());

        assertThat(sumIf(event(TYPE)
                        .id("a")
                        .at("2026-01-01T00:00:00Z")
                        .with("p", 2)
                        .build()))
                .isEqualTo("2/1");
    }
}
