package io.meterline.store;

import static io.meterline.store.TestEvents.event;
import static io.meterline.store.TestEvents.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.RuleException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Figures split by customer and by properties. */
interface GroupCases extends StoreCases {

    private static TestUsage count() {
        return TestUsage.usage(TYPE, new Measure.Count());
    }

    @Test
    default void customersThatWereMergedFormOneGroup() {
        write(
                event(TYPE).id("1").customer(1).with("p", 1).build(),
                event(TYPE).id("2").customer(2).with("p", 2).build(),
                event(TYPE).id("3").customer(3).with("p", 4).build(),
                event(TYPE).id("4").customer(4).with("p", 8).build());

        Answer answer = ask(TestUsage.usage(TYPE, new Measure.Sum("p"))
                .merged(2, 1)
                .merged(3, 1)
                .merged(99, 4)
                .byCustomer());

        assertThat(answer.groups()).isEqualTo(Map.of(List.of("1"), List.of("7/3"), List.of("4"), List.of("8/1")));
    }

    @Test
    default void anAnswerWithMoreFiguresThanAllowedIsRefused() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            events.add(event(TYPE)
                    .id(i)
                    .at("2026-01-01T00:00:00Z")
                    .with("p", i)
                    .with("region", "r" + i % 10)
                    .build());
        }
        write(events.toArray(Event[]::new));
        List<Measure> measures = List.of(
                new Measure.Count(),
                new Measure.Sum("p"),
                new Measure.CountDistinct("p"),
                new Measure.Percentile("p", number("50")),
                new Measure.Latest("p"),
                new Measure.Formula(new Expression.PropertyRef("p")));
        for (Measure measure : measures) {
            TestUsage inOneFigure = TestUsage.usage(TYPE, measure).by("region");
            assertThat(ask(inOneFigure.most(10)).groups()).hasSize(10);
            refused(inOneFigure.most(9));
            TestUsage inTwo = TestUsage.usage(TYPE, measure)
                    .by("region")
                    .windows("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z");
            assertThat(ask(inTwo.most(20)).groups()).hasSize(10);
            refused(inTwo.most(19));
            assertThat(ask(TestUsage.usage(TYPE, measure).most(0)).groups()).isEmpty();
        }
    }

    private void refused(TestUsage usage) {
        assertThatThrownBy(() -> ask(usage))
                .isInstanceOfSatisfying(
                        RuleException.class, e -> assertThat(e.code()).isEqualTo("too_many_groups"));
    }

    @Test
    default void mergedCustomersAreOneWhereTheFigureIsNotASum() {
        write(
                event(TYPE).id("1").customer(1).with("p", "a").build(),
                event(TYPE).id("2").customer(2).with("p", "a").build());

        assertThat(ask(TestUsage.usage(TYPE, new Measure.CountDistinct("p"))
                                .merged(2, 1)
                                .byCustomer())
                        .groups())
                .isEqualTo(Map.of(List.of("1"), List.of("1/2")));
    }

    @Test
    default void customersAskedForAreNotExtendedByMerges() {
        write(
                event(TYPE).id("1").customer(1).build(),
                event(TYPE).id("2").customer(2).build());

        Answer answer = ask(count().customers(2).merged(2, 1).byCustomer());

        assertThat(answer.groups()).isEqualTo(Map.of(List.of("1"), List.of("1/1")));
    }

    @Test
    default void figureOfNoCustomersIsEmpty() {
        write(event(TYPE).id("1").build());

        assertThat(ask(count().customers()).total()).isEqualTo("0/0");
    }

    @Test
    default void customerNumbersMayBeGreat() {
        write(event(TYPE).id("1").customer(9_007_199_254_740_993L).build());

        assertThat(ask(count().customers(9_007_199_254_740_993L).byCustomer()).groups())
                .containsOnlyKeys(List.of("9007199254740993"));
        assertThat(ask(count().customers(9_007_199_254_740_992L)).total()).isEqualTo("0/0");
    }

    @Test
    default void propertyOfAnyKindGroupsByItsCanonicalText() {
        write(event(TYPE).id("missing").build());
        writeValues(
                "p",
                null,
                100,
                number("100.0"),
                "100",
                "100.0",
                number(NumberCases.MOST),
                number("-0.50"),
                true,
                "true",
                false,
                "",
                "null",
                List.of(),
                List.of(1, number("2.50"), "x", true),
                Arrays.asList((Object) null),
                "[]");

        Map<List<@Nullable String>, List<String>> expected = new HashMap<>();
        expected.put(Arrays.asList((String) null), List.of("2/2"));
        expected.put(List.of("100"), List.of("3/3"));
        expected.put(List.of("100.0"), List.of("1/1"));
        expected.put(List.of(NumberCases.MOST), List.of("1/1"));
        expected.put(List.of("-0.5"), List.of("1/1"));
        expected.put(List.of("true"), List.of("2/2"));
        expected.put(List.of("false"), List.of("1/1"));
        expected.put(List.of(""), List.of("1/1"));
        expected.put(List.of("null"), List.of("1/1"));
        expected.put(List.of("[]"), List.of("2/2"));
        expected.put(List.of("[1,2.5,\"x\",true]"), List.of("1/1"));
        expected.put(List.of("[null]"), List.of("1/1"));
        assertThat(ask(count().by("p")).groups()).isEqualTo(expected);
    }

    @Test
    default void textOfAnArrayEscapesWhatJsonMust() {
        writeValues("p", List.of("a\"b\\c/d\n\t\u0001\u001f\u007f é😀"));

        assertThat(ask(count().by("p")).groups())
                .containsOnlyKeys(List.of("[\"a\\\"b\\\\c/d\\n\\t\\u0001\\u001F\u007f é😀\"]"));
    }

    @Test
    default void idGroupsLikeAnyProperty() {
        write(event(TYPE).id(7).build(), event(TYPE).id("x").build());

        assertThat(ask(count().by("id")).groups())
                .isEqualTo(Map.of(List.of("7"), List.of("1/1"), List.of("x"), List.of("1/1")));
    }

    @Test
    default void propertyThatNoEventEverHadFormsTheGroupNull() {
        write(event(TYPE).id("1").build());

        assertThat(ask(count().by("never")).groups()).containsOnlyKeys(Arrays.asList((String) null));
    }

    @Test
    default void severalKeysGroupByTheirCombination() {
        write(
                event(TYPE)
                        .id("1")
                        .customer(1)
                        .with("region", "eu")
                        .with("zone", 1)
                        .build(),
                event(TYPE)
                        .id("2")
                        .customer(1)
                        .with("region", "eu")
                        .with("zone", "1")
                        .build(),
                event(TYPE).id("3").customer(1).with("region", "eu").build(),
                event(TYPE).id("4").customer(2).with("zone", 1).build(),
                event(TYPE)
                        .id("5")
                        .customer(1)
                        .with("region", "e")
                        .with("zone", "u1")
                        .build());

        assertThat(ask(count().by("region").byCustomer().by("zone")).groups())
                .isEqualTo(Map.of(
                        List.of("eu", "1", "1"), List.of("2/2"),
                        Arrays.asList("eu", "1", null), List.of("1/1"),
                        Arrays.asList(null, "2", "1"), List.of("1/1"),
                        List.of("e", "1", "u1"), List.of("1/1")));
    }

    @Test
    default void valuesThatDifferOnlyInSeparatorsOrCaseOrSpaceAreGroupsApart() {
        writeValues("p", "a", "A", "a ", " a", "a\u0000", "a\u001E", "a\u001F", "á", "a\u0301", "a\n", "\u001Ea");

        assertThat(ask(count().by("p")).groups()).hasSize(11);
        assertThat(value(new Measure.CountDistinct("p"))).isEqualTo("11");
    }

    @Test
    default void keysThatRunIntoOneTextAreGroupsApart() {
        write(
                event(TYPE).id("1").with("a", "x\u001F").with("b", "y").build(),
                event(TYPE).id("2").with("a", "x").with("b", "\u001Fy").build(),
                event(TYPE).id("3").with("a", "x\u0000").with("b", "y").build(),
                event(TYPE).id("4").with("a", "x").with("b", "\u0000y").build(),
                event(TYPE).id("5").with("a", "x").build(),
                event(TYPE).id("6").with("a", "x").with("b", "").build());

        assertThat(ask(count().by("a").by("b")).groups()).hasSize(6);
    }

    @Test
    default void groupsAreSplitByWindowsToo() {
        write(
                event(TYPE)
                        .id("1")
                        .at("2026-01-01T00:00:00Z")
                        .with("r", "a")
                        .with("p", 1)
                        .build(),
                event(TYPE)
                        .id("2")
                        .at("2026-01-02T00:00:00Z")
                        .with("r", "a")
                        .with("p", 2)
                        .build(),
                event(TYPE)
                        .id("3")
                        .at("2026-01-02T00:00:00Z")
                        .with("r", "b")
                        .with("p", 4)
                        .build(),
                event(TYPE)
                        .id("4")
                        .at("2026-01-04T00:00:00Z")
                        .with("r", "c")
                        .with("p", 8)
                        .build());

        Answer answer = ask(TestUsage.usage(TYPE, new Measure.Sum("p"))
                .windows("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z")
                .by("r"));

        assertThat(answer.groups())
                .isEqualTo(Map.of(
                        List.of("a"), List.of("3/2", "1/1", "2/1"),
                        List.of("b"), List.of("4/1", "null/0", "4/1")));
        assertThat(answer.windows()).containsExactly("1/1", "6/2");
    }

    @Test
    default void thousandsOfGroupsAreAllThere() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            events.add(event(TYPE).id(i).customer(i % 1_500).with("p", i).build());
        }
        write(Environment.LIVE, events);

        Answer answer = ask(TestUsage.usage(TYPE, new Measure.Sum("p")).byCustomer());

        assertThat(answer.groups()).hasSize(1_500).containsEntry(List.of("7"), List.of("1514/2"));
    }

    @Test
    default void figureMayNameThousandsOfCustomers() {
        write(
                event(TYPE).id("1").customer(1).with("p", 1).build(),
                event(TYPE).id("2").customer(4_999).with("p", 2).build(),
                event(TYPE).id("3").customer(6_000).with("p", 4).build());

        Answer answer = ask(TestUsage.usage(TYPE, new Measure.Sum("p"))
                .customers(LongStream.range(0, 5_000).toArray()));

        assertThat(answer.total()).isEqualTo("3/2");
    }

    @Test
    default void thousandsOfCustomersMayHaveHolesAmongThem() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            events.add(event(TYPE).id(i).customer(i).with("p", 1).build());
        }
        write(Environment.LIVE, events);
        TestUsage question = TestUsage.usage(TYPE, new Measure.Sum("p")).byCustomer();

        question.customers(
                LongStream.range(500, 2_000).filter(it -> it % 7 != 0).toArray());
        assertThat(ask(question).groups().keySet())
                .isEqualTo(LongStream.range(500, 2_000)
                        .filter(it -> it % 7 != 0)
                        .mapToObj(it -> List.of(Long.toString(it)))
                        .collect(Collectors.toSet()));
        question.customers(LongStream.range(500, 2_000).toArray());
        assertThat(ask(question).total()).isEqualTo("1500/1500");
        question.customers(Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE);
        assertThat(ask(question).total()).isEqualTo("2/2");
    }

    @Test
    default void measuresThatAreNotSumsAreComputedInEachGroup() {
        write(
                event(TYPE)
                        .id("1")
                        .customer(1)
                        .at("2026-01-01T00:00:00Z")
                        .with("p", 1)
                        .build(),
                event(TYPE)
                        .id("2")
                        .customer(1)
                        .at("2026-01-02T00:00:00Z")
                        .with("p", "4")
                        .build(),
                event(TYPE)
                        .id("3")
                        .customer(2)
                        .at("2026-01-01T00:00:00Z")
                        .with("p", number(NumberCases.WIDE))
                        .build());

        assertGroups(new Measure.Max("p"), "4/2", NumberCases.WIDE + "/1");
        assertGroups(new Measure.Min("p"), "1/2", NumberCases.WIDE + "/1");
        assertGroups(new Measure.Average("p"), "2.5/2", NumberCases.WIDE + "/1");
        assertGroups(new Measure.Latest("p"), "4/2", NumberCases.WIDE + "/1");
        assertGroups(new Measure.Percentile("p", number("90")), "3.7/2", NumberCases.WIDE + "/1");
        assertGroups(new Measure.CountDistinct("p"), "2/2", "1/1");
    }

    private void assertGroups(Measure measure, String first, String second) {
        assertThat(ask(TestUsage.usage(TYPE, measure).byCustomer()).groups())
                .as("%s", measure)
                .isEqualTo(Map.of(List.of("1"), List.of(first), List.of("2"), List.of(second)));
    }
}
