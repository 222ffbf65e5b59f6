package io.meterline.store;

import static io.meterline.store.TestEvents.event;
import static io.meterline.store.TestEvents.number;
import static io.meterline.store.TestUsage.is;
import static io.meterline.store.TestUsage.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.Period;
import io.meterline.store.Filter.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Figures as if some events had just been pushed: what the same question answers when they have been. */
interface WhatIfCases extends StoreCases {

    private List<String> amounts(TestUsage question) {
        List<String> amounts = new ArrayList<>();
        store().amounts(
                        Environment.LIVE,
                        question.build(),
                        (key, window, amount) -> amounts.add(key + " " + window + " " + amount.toPlainString()));
        return amounts;
    }

    /** Asks all questions with the events supposed, then pushes them, and asks again without. */
    private void assertForetold(List<Supplier<TestUsage>> questions, Event... supposed) {
        List<Answer> foretold = questions.stream()
                .map(question -> ask(question.get().whatIf(List.of(supposed))))
                .toList();

        write(supposed);

        for (int i = 0; i < questions.size(); i++) {
            assertThat(foretold.get(i))
                    .as("question %s", i)
                    .isEqualTo(ask(questions.get(i).get()));
        }
    }

    private static List<Measure> everyMeasure(String property) {
        return List.of(
                new Measure.Count(),
                new Measure.CountDistinct(property),
                new Measure.Sum(property),
                new Measure.Max(property),
                new Measure.Min(property),
                new Measure.Average(property),
                new Measure.Latest(property),
                new Measure.WeightedSum(property, false),
                new Measure.WeightedSum(property, true),
                new Measure.Percentile(property, number("30")),
                new Measure.Formula(new Expression.Binary(
                        Expression.Operator.DIVIDE,
                        new Expression.PropertyRef(property),
                        new Expression.PropertyRef("q"))));
    }

    @Test
    default void everyMeasureAnswersAsIfTheEventsHadBeenPushed() {
        write(
                event(TYPE)
                        .id("a")
                        .at("2026-01-02T00:00:00Z")
                        .with("p", 1)
                        .with("q", 3)
                        .build(),
                event(TYPE)
                        .id("b")
                        .at("2026-01-03T00:00:00Z")
                        .with("p", 2)
                        .with("q", 3)
                        .customer(2)
                        .build(),
                event(TYPE)
                        .id("c")
                        .at("2026-02-04T00:00:00Z")
                        .with("p", 4)
                        .with("q", 7)
                        .build(),
                event(TYPE)
                        .id("d")
                        .at("2026-01-05T00:00:00Z")
                        .with("p", 8)
                        .with("q", 7)
                        .customer(2)
                        .build(),
                event(TYPE)
                        .id("early")
                        .at("2025-12-05T00:00:00Z")
                        .with("p", 16)
                        .with("q", 7)
                        .build());
        List<Supplier<TestUsage>> questions = new ArrayList<>();
        for (Measure measure : everyMeasure("p")) {
            questions.add(() -> usage(TYPE, measure).from("2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z"));
            questions.add(() -> usage(TYPE, measure)
                    .windows("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z")
                    .byCustomer()
                    .by("region"));
            questions.add(() -> usage(TYPE, measure)
                    .from("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")
                    .customers(2)
                    .where(is("q", Operator.GT, 2)));
        }

        assertForetold(
                questions,
                // One new, three corrections (another value, another customer, another month), one late, one before.
                event(TYPE)
                        .id("e")
                        .at("2026-02-05T00:00:00Z")
                        .with("p", "32.5")
                        .with("q", 0)
                        .build(),
                event(TYPE)
                        .id("a")
                        .at("2026-01-06T00:00:00Z")
                        .with("p", number("0.5"))
                        .with("q", 3)
                        .build(),
                event(TYPE)
                        .id("c")
                        .at("2026-02-04T00:00:00Z")
                        .with("p", 64)
                        .with("q", 9)
                        .customer(2)
                        .build(),
                event(TYPE)
                        .id("b")
                        .at("2026-02-07T00:00:00Z")
                        .with("p", number(NumberCases.WIDE))
                        .build(),
                event(TYPE)
                        .id("d")
                        .at("2026-01-04T00:00:00Z")
                        .with("p", 128)
                        .with("q", 1)
                        .build(),
                event(TYPE)
                        .id("early")
                        .at("2025-12-06T00:00:00Z")
                        .with("p", -5)
                        .with("region", "eu")
                        .build(),
                event(TYPE)
                        .id("text")
                        .at("2026-01-06T00:00:00Z")
                        .with("p", "x")
                        .with("q", 1)
                        .build(),
                event(TYPE)
                        .id("without")
                        .at("2026-01-06T00:00:00Z")
                        .with("region", "us")
                        .build());
    }

    @Test
    default void typesAndPropertiesThatNeverWereAreSupposed() {
        Event unheard = event("unheard").with("p", 1).with("q", "x").build();
        assertThat(ask(usage("unheard", new Measure.Sum("p")).whatIf(List.of(unheard)))
                        .total())
                .isEqualTo("1/1");
        assertThat(ask(usage("unheard", new Measure.Count())
                                .by("q")
                                .where(is("q", Operator.STARTS_WITH, "x"))
                                .whatIf(List.of(unheard)))
                        .groups())
                .isEqualTo(Map.of(List.of("x"), List.of("1/1")));

        writeValues("p", 1, 2);
        List<Event> events = List.of(
                event(TYPE).id("new property").with("'; DROP TABLE x; --", 5).build(),
                event(TYPE).id("new kind").with("p", "3'").build(),
                event(TYPE)
                        .id("new array")
                        .with("p", Arrays.asList("a", null, 1))
                        .build(),
                event(TYPE).id("wide").with("p", number(NumberCases.WIDE)).build());
        assertThat(ask(usage(TYPE, new Measure.Sum("'; DROP TABLE x; --")).whatIf(events))
                        .total())
                .isEqualTo("5/1");
        assertThat(ask(usage(TYPE, new Measure.Count()).by("p").whatIf(events))
                        .groups()
                        .keySet())
                .containsExactlyInAnyOrder(
                        List.of("1"),
                        List.of("2"),
                        List.of("3'"),
                        List.of("[\"a\",null,1]"),
                        List.of(NumberCases.WIDE),
                        Arrays.asList((String) null));
        assertThat(ask(usage(TYPE, new Measure.Count())
                                .where(is("p", Operator.CONTAINS, "a"))
                                .whatIf(events))
                        .total())
                .isEqualTo("1/1");
    }

    @Test
    default void latestTakesTheLastSupposedOfEqualTimes() {
        write(event(TYPE).id("a").with("p", 1).build());

        assertThat(ask(usage(TYPE, new Measure.Latest("p"))
                                .whatIf(List.of(
                                        event(TYPE).id("b").with("p", 2).build(),
                                        event(TYPE).id("c").with("p", 3).build(),
                                        event(TYPE).id("b").with("p", 4).build())))
                        .total())
                .isEqualTo("4/3");
    }

    @Test
    default void otherTypesAndOtherEnvironmentsAreNotTouched() {
        write(event(TYPE).id("a").with("p", 1).build());
        write(
                Environment.TEST,
                List.of(event(TYPE).id("a").in(Environment.TEST).with("p", 2).build()));

        assertThat(sumIf(event("other").id("a").with("p", 4).build())).isEqualTo("1/1");
        assertThat(ask(
                                Environment.TEST,
                                usage(TYPE, new Measure.Sum("p"))
                                        .whatIf(List.of(event(TYPE)
                                                .id("b")
                                                .in(Environment.TEST)
                                                .with("p", 8)
                                                .build())))
                        .total())
                .isEqualTo("10/2");
        assertThat(sum("p")).isEqualTo("1");
    }

    @Test
    default void nothingIsStored() {
        write(event(TYPE).id("a").at("2026-01-02T00:00:00Z").with("p", 1).build());
        Event correction = event(TYPE)
                .id("a")
                .at("2026-01-05T00:00:00Z")
                .with("p", 2)
                .with("q", 3)
                .build();
        Event added =
                event(TYPE).id("b").at("2026-01-05T00:00:00Z").with("p", 4).build();
        Event unheard = event("unheard").id("b").with("p", 8).build();
        List<EventTypeSummary> types = store().eventTypes(Environment.LIVE);

        for (int i = 0; i < 10; i++) {
            assertThat(sumIf(correction, added, unheard)).isEqualTo("6/2");
            assertThat(ask(usage("unheard", new Measure.Count()).whatIf(List.of(unheard)))
                            .total())
                    .isEqualTo("1/1");
            assertThat(amounts(usage(TYPE, new Measure.Sum("p")).whatIf(List.of(correction, added))))
                    .containsExactly("[] 0 2", "[] 0 4");
        }

        for (int i = 0; i < 2; i++) {
            assertThat(sum("p")).isEqualTo("1");
            assertThat(store().eventTypes(Environment.LIVE)).isEqualTo(types);
            assertThat(store().find(Environment.LIVE, added.key())).isEmpty();
            assertThat(store().list(Environment.LIVE, EventQuery.all(10)).total())
                    .isEqualTo(1);
            settle();
            restart();
        }
        // The key index knows nothing of it either: versions between what is stored and what was supposed win.
        write(event(TYPE).id("a").at("2026-01-03T00:00:00Z").with("p", 16).build());
        write(event(TYPE).id("b").at("2026-01-01T00:00:00Z").with("p", 32).build());
        assertThat(sum("p")).isEqualTo("48");
    }

    @Test
    default void amountsAreSupposedToo() {
        write(
                event(TYPE).id("a").customer(1).with("p", 1).build(),
                event(TYPE).id("b").customer(2).with("p", 2).build());

        assertThat(amounts(usage(TYPE, new Measure.Sum("p"))
                        .byCustomer()
                        .whatIf(List.of(
                                event(TYPE).id("b").customer(1).with("p", 3).build(),
                                event(TYPE).id("c").customer(2).with("p", "4").build(),
                                event(TYPE).id("d").customer(1).with("p", 5).build()))))
                .containsExactly("[1] 0 1", "[1] 0 3", "[1] 0 5", "[2] 0 4");
    }

    @Test
    default void thousandsOfEventsCanBeSupposed() {
        List<Event> stored = IntStream.range(0, 4_000)
                .mapToObj(
                        i -> event(TYPE).id(i).customer(1 + i % 7).with("p", i).build())
                .toList();
        write(Environment.LIVE, stored);
        List<Event> supposed = IntStream.range(2_000, 6_000)
                .mapToObj(i -> event(TYPE)
                        .id(i)
                        .customer(1 + i % 5)
                        .at(TestEvents.micros("2026-01-01T00:00:00Z") + i % 3 - 1)
                        .with("p", -i)
                        .with("q" + i % 20, "x" + i)
                        .build())
                .toList();
        TestUsage question = usage(TYPE, new Measure.Sum("p"))
                .byCustomer()
                .during(new Period(
                        TestEvents.micros("2025-01-01T00:00:00Z"), TestEvents.micros("2027-01-01T00:00:00Z")));

        Answer foretold = ask(question.whatIf(supposed));
        write(Environment.LIVE, supposed);

        assertThat(foretold).isEqualTo(ask(question.whatIf(List.of())));
        assertThat(foretold.groups()).hasSize(7);
    }
}
