package io.meterline.store;

import static io.meterline.store.TestEvents.event;
import static io.meterline.store.TestEvents.number;
import static io.meterline.store.TestUsage.is;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.Period;
import io.meterline.store.Filter.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every operator against values of every kind. */
interface FilterCases extends StoreCases {

    String HUGE = "99999999999999999999.999999999999999999";
    String TINY = "0.000000000000000001";

    /** One event for each value of {@code p}; its id says which. */
    private static List<Event> valuesOfEveryKind() {
        List<Event> events = new ArrayList<>();
        events.add(event(TYPE).id("missing").build());
        add(events, "null", null);
        add(events, "0", 0);
        add(events, "1", 1);
        add(events, "2.5", number("2.5"));
        add(events, "-3", -3);
        add(events, "100", 100);
        add(events, "huge", number(HUGE));
        add(events, "-huge", number("-" + HUGE));
        add(events, "tiny", number(TINY));
        add(events, "''", "");
        add(events, "'1'", "1");
        add(events, "'1.0'", "1.0");
        add(events, "'100'", "100");
        add(events, "'1e2'", "1e2");
        add(events, "'abc'", "abc");
        add(events, "'Abc'", "Abc");
        add(events, "'true'", "true");
        add(events, "'null'", "null");
        add(events, "'é'", "é");
        add(events, "'～'", "\uFF5E");
        add(events, "'😀'", "😀");
        add(events, "true", true);
        add(events, "false", false);
        add(events, "[]", List.of());
        add(events, "[1,100]", List.of(1, 100));
        add(events, "['abc','1.0']", List.of("abc", "1.0"));
        add(events, "[true,null,2.5]", Arrays.asList(true, null, number("2.5")));
        return events;
    }

    private static void add(List<Event> events, String id, @Nullable Object value) {
        events.add(event(TYPE).id(id).with("p", value).build());
    }

    private static Collection<String> without(String... ids) {
        List<String> left = new ArrayList<>(
                valuesOfEveryKind().stream().map(Event::recordId).toList());
        left.removeAll(List.of(ids));
        return left;
    }

    @TestFactory
    default Stream<DynamicTest> everyOperatorOnEveryKind() {
        write(Environment.LIVE, valuesOfEveryKind());
        String[] texts = {
            "''", "'1'", "'1.0'", "'100'", "'1e2'", "'abc'", "'Abc'", "'true'", "'null'", "'é'", "'～'", "'😀'"
        };
        String[] numbers = {"0", "1", "2.5", "-3", "100", "huge", "-huge", "tiny"};
        return Stream.of(
                passes(Operator.IS_NULL).by("missing", "null"),
                passes(Operator.IS_NOT_NULL).by(without("missing", "null")),
                // equals
                passes(Operator.EQUALS, 1).by("1", "'1'", "'1.0'"),
                passes(Operator.EQUALS, number("1.00")).by("1", "'1'", "'1.0'"),
                passes(Operator.EQUALS, "1").by("1", "'1'"),
                passes(Operator.EQUALS, "1.0").by("1", "'1.0'"),
                passes(Operator.EQUALS, "1.00").by("1"),
                passes(Operator.EQUALS, 100).by("100", "'100'"),
                passes(Operator.EQUALS, "1e2").by("'1e2'"),
                passes(Operator.EQUALS, "0100").by("100"),
                passes(Operator.EQUALS, "+1").by(),
                passes(Operator.EQUALS, 0).by("0"),
                passes(Operator.EQUALS, "-0").by("0"),
                passes(Operator.EQUALS, number(HUGE)).by("huge"),
                passes(Operator.EQUALS, HUGE).by("huge"),
                passes(Operator.EQUALS, number("99999999999999999999.999999999999999998"))
                        .by(),
                passes(Operator.EQUALS, number(TINY)).by("tiny"),
                passes(Operator.EQUALS, "").by("''"),
                passes(Operator.EQUALS, "abc").by("'abc'"),
                passes(Operator.EQUALS, "é").by("'é'"),
                passes(Operator.EQUALS, "e\u0301").by(),
                passes(Operator.EQUALS, "😀").by("'😀'"),
                passes(Operator.EQUALS, true).by("true", "'true'"),
                passes(Operator.EQUALS, "true").by("true", "'true'"),
                passes(Operator.EQUALS, "TRUE").by(),
                passes(Operator.EQUALS, false).by("false"),
                passes(Operator.EQUALS, "false").by("false"),
                passes(Operator.EQUALS, (Object) null).by("missing", "null"),
                passes(Operator.EQUALS, "null").by("'null'"),
                passes(Operator.EQUALS, "[]").by(),
                passes(Operator.EQUALS, "[1,100]").by(),
                // not equal: exactly the others
                passes(Operator.NOT_EQUAL, 1).by(without("1", "'1'", "'1.0'")),
                passes(Operator.NOT_EQUAL, "abc").by(without("'abc'")),
                passes(Operator.NOT_EQUAL, true).by(without("true", "'true'")),
                passes(Operator.NOT_EQUAL, (Object) null).by(without("missing", "null")),
                passes(Operator.NOT_EQUAL, "[]").by(without()),
                // in
                passes(Operator.IN).by(),
                passes(Operator.IN, 1, "abc", true, null)
                        .by("1", "'1'", "'1.0'", "'abc'", "true", "'true'", "missing", "null"),
                passes(Operator.IN, "2.5", "-3.0", "x").by("2.5", "-3"),
                passes(Operator.NOT_IN).by(without()),
                passes(Operator.NOT_IN, 1, "abc", true, null)
                        .by(without("1", "'1'", "'1.0'", "'abc'", "true", "'true'", "missing", "null")),
                // order
                passes(Operator.GT, 1).by("2.5", "100", "huge"),
                passes(Operator.GT, "1")
                        .by(
                                "2.5", "100", "huge", "'1.0'", "'100'", "'1e2'", "'abc'", "'Abc'", "'true'", "'null'",
                                "'é'", "'～'", "'😀'"),
                passes(Operator.GTE, 1).by("1", "2.5", "100", "huge"),
                passes(Operator.LT, 1).by("0", "-3", "-huge", "tiny"),
                passes(Operator.LTE, 1).by("0", "1", "-3", "-huge", "tiny"),
                passes(Operator.GT, number("2.4999999")).by("2.5", "100", "huge"),
                passes(Operator.GT, 0).by("1", "2.5", "100", "huge", "tiny"),
                passes(Operator.LT, number(TINY)).by("0", "-3", "-huge"),
                passes(Operator.LTE, number(TINY)).by("0", "-3", "-huge", "tiny"),
                passes(Operator.GTE, number(HUGE)).by("huge"),
                passes(Operator.LT, number(HUGE)).by("0", "1", "2.5", "-3", "100", "-huge", "tiny"),
                passes(Operator.LTE, number("-" + HUGE)).by("-huge"),
                passes(Operator.GT, "abc").by("'true'", "'null'", "'é'", "'～'", "'😀'"),
                passes(Operator.GTE, "abc").by("'abc'", "'true'", "'null'", "'é'", "'～'", "'😀'"),
                passes(Operator.LT, "abc").by("''", "'1'", "'1.0'", "'100'", "'1e2'", "'Abc'"),
                passes(Operator.GTE, "").by(texts),
                passes(Operator.LT, "").by(),
                passes(Operator.GT, "\uFF5E").by("'😀'"),
                passes(Operator.LT, "😀")
                        .by("''", "'1'", "'1.0'", "'100'", "'1e2'", "'abc'", "'Abc'", "'true'", "'null'", "'é'", "'～'"),
                passes(Operator.GTE, "-" + HUGE)
                        .by(Stream.concat(Stream.of(numbers), Stream.of(texts))
                                .filter(it -> !it.equals("''"))
                                .toList()),
                passes(Operator.GT, true).by(),
                passes(Operator.LTE, true).by(),
                passes(Operator.GTE, (Object) null).by(),
                passes(Operator.LT, (Object) null).by(),
                // contains
                passes(Operator.CONTAINS, "").by(texts),
                passes(Operator.CONTAINS, "b").by("'abc'", "'Abc'"),
                passes(Operator.CONTAINS, "abc").by("'abc'", "['abc','1.0']"),
                passes(Operator.CONTAINS, "100").by("'100'", "[1,100]"),
                passes(Operator.CONTAINS, 100).by("'100'", "[1,100]"),
                passes(Operator.CONTAINS, 1).by("'1'", "'1.0'", "'100'", "'1e2'", "[1,100]"),
                passes(Operator.CONTAINS, number("1.0")).by("'1'", "'1.0'", "'100'", "'1e2'", "[1,100]"),
                passes(Operator.CONTAINS, "1.0").by("'1.0'", "['abc','1.0']"),
                passes(Operator.CONTAINS, "2.5").by("[true,null,2.5]"),
                passes(Operator.CONTAINS, true).by("'true'", "[true,null,2.5]"),
                passes(Operator.CONTAINS, "true").by("'true'", "[true,null,2.5]"),
                passes(Operator.CONTAINS, (Object) null).by(),
                passes(Operator.CONTAINS, "null").by("'null'"),
                passes(Operator.CONTAINS, "%").by(),
                passes(Operator.CONTAINS, "_").by(),
                passes(Operator.CONTAINS, ".").by("'1.0'"),
                passes(Operator.CONTAINS, "😀").by("'😀'"),
                // starts with
                passes(Operator.STARTS_WITH, "").by(texts),
                passes(Operator.STARTS_WITH, "1").by("'1'", "'1.0'", "'100'", "'1e2'"),
                passes(Operator.STARTS_WITH, 1).by("'1'", "'1.0'", "'100'", "'1e2'"),
                passes(Operator.STARTS_WITH, "ab").by("'abc'"),
                passes(Operator.STARTS_WITH, "%").by(),
                passes(Operator.STARTS_WITH, true).by("'true'"),
                passes(Operator.STARTS_WITH, "[").by(),
                passes(Operator.STARTS_WITH, (Object) null).by());
    }

    private FilterRow passes(Operator operator, @Nullable Object... operands) {
        return new FilterRow(this, operator, Arrays.asList(operands));
    }

    /** One line of the table, waiting for the ids that pass. */
    record FilterRow(FilterCases cases, Operator operator, List<@Nullable Object> operands) {

        DynamicTest by(String... ids) {
            return by(List.of(ids));
        }

        DynamicTest by(Collection<String> ids) {
            Filter filter = is("p", operator, operands.toArray());
            return DynamicTest.dynamicTest(operator + " " + operands, () -> cases.assertPasses(filter, ids));
        }
    }

    /** The listing and the figure agree on who passes. */
    default void assertPasses(Filter filter, Collection<String> ids) {
        assertThat(passing(filter)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(ask(TestUsage.usage(TYPE, new Measure.Count()).where(filter)).total())
                .isEqualTo(ids.size() + "/" + ids.size());
    }

    private List<String> passing(Filter filter) {
        EventPage page = store().list(
                        Environment.LIVE,
                        new EventQuery(
                                TYPE,
                                null,
                                null,
                                null,
                                Period.ALWAYS,
                                Period.ALWAYS,
                                filter,
                                EventQuery.Sort.TIMESTAMP,
                                false,
                                1000,
                                0,
                                null));
        return page.events().stream().map(it -> it.event().recordId()).toList();
    }

    @Test
    default void partsOfAFilterAreJoinedByAndOrOr() {
        write(Environment.LIVE, valuesOfEveryKind());
        Filter positive = is("p", Operator.GT, 0);
        Filter small = is("p", Operator.LT, 50);
        Filter truth = is("p", Operator.EQUALS, true);

        assertPasses(new Filter.All(List.of(positive, small)), List.of("1", "2.5", "tiny"));
        assertPasses(
                new Filter.Any(List.of(new Filter.All(List.of(positive, small)), truth)),
                List.of("1", "2.5", "tiny", "true", "'true'"));
        assertPasses(new Filter.All(List.of()), without());
        assertPasses(new Filter.Any(List.of()), List.of());
        assertPasses(new Filter.All(List.of(positive, new Filter.Any(List.of()))), List.of());
    }

    /** For every operator and operand of the table above: whoever does not pass, passes the negation. */
    @Test
    default void negationHoldsExactlyWhereItsPartDoesNot() {
        write(Environment.LIVE, valuesOfEveryKind());
        for (Operator operator : Operator.values()) {
            for (Object operand : Arrays.asList(1, 0, number(HUGE), "abc", "100", "", true, null)) {
                boolean takesNone = operator == Operator.IS_NULL || operator == Operator.IS_NOT_NULL;
                Filter filter = takesNone ? is("p", operator) : is("p", operator, operand);
                List<String> passing = passing(filter);

                assertPasses(new Filter.Not(filter), without(passing.toArray(String[]::new)));
                assertPasses(new Filter.Not(new Filter.Not(filter)), passing);
            }
        }
    }

    @Test
    default void negationTakesItsWholePartAndNothingElse() {
        write(Environment.LIVE, valuesOfEveryKind());
        Filter positive = is("p", Operator.GT, 0);
        Filter small = is("p", Operator.LT, 50);
        Filter truth = is("p", Operator.EQUALS, true);

        assertPasses(new Filter.Not(Filter.NONE), List.of());
        assertPasses(new Filter.Not(new Filter.Any(List.of())), without());
        assertPasses(new Filter.All(List.of(positive, new Filter.Not(small))), List.of("100", "huge"));
        assertPasses(new Filter.All(List.of(new Filter.Not(small), positive)), List.of("100", "huge"));
        assertPasses(
                new Filter.Not(new Filter.Any(List.of(positive, truth))),
                without("1", "2.5", "100", "huge", "tiny", "true", "'true'"));
        assertPasses(new Filter.Not(new Filter.All(List.of(positive, new Filter.Not(small)))), without("100", "huge"));
        assertPasses(new Filter.Not(is("never", Operator.GT, 1)), without());
    }

    @Test
    default void listOfOperandsMayBeLong() {
        write(Environment.LIVE, valuesOfEveryKind());
        List<Object> operands = new ArrayList<>(List.of("abc", 100));
        for (int i = 0; i < 1_000; i++) {
            operands.add("text " + i);
            operands.add(1_000 + i);
        }

        assertPasses(is("p", Operator.IN, operands.toArray()), List.of("'abc'", "100", "'100'"));
        assertPasses(is("p", Operator.NOT_IN, operands.toArray()), without("'abc'", "100", "'100'"));
    }

    @Test
    default void deeplyNestedFilterHolds() {
        write(Environment.LIVE, valuesOfEveryKind());
        Filter filter = is("p", Operator.EQUALS, 1);
        for (int depth = 0; depth < 10; depth++) {
            filter = new Filter.All(List.of(new Filter.Any(List.of(filter))));
        }

        assertPasses(filter, List.of("1", "'1'", "'1.0'"));
    }

    @Test
    default void propertyThatNoEventEverHadIsNull() {
        write(Environment.LIVE, valuesOfEveryKind());

        assertPasses(is("never", Operator.IS_NULL), without());
        assertPasses(is("never", Operator.EQUALS, (Object) null), without());
        assertPasses(is("never", Operator.NOT_EQUAL, "x"), without());
        assertPasses(is("never", Operator.IS_NOT_NULL), List.of());
        assertPasses(is("never", Operator.EQUALS, "x"), List.of());
        assertPasses(is("never", Operator.GT, 1), List.of());
    }

    @Test
    default void idIsAPropertyLikeAnyOther() {
        write(
                event(TYPE).id(485).build(),
                event(TYPE).id("90").build(),
                event(TYPE).id("abc").build(),
                event(TYPE).numericId("99999999999999999999").build(),
                event(TYPE).numericId("100000000000000000000").build());

        assertPasses(is("id", Operator.EQUALS, 485), List.of("485"));
        assertPasses(is("id", Operator.EQUALS, "485"), List.of("485"));
        assertPasses(is("id", Operator.EQUALS, 90), List.of("90"));
        assertPasses(is("id", Operator.GT, 100), List.of("485", "99999999999999999999"));
        assertPasses(is("id", Operator.GT, "91"), List.of("485", "99999999999999999999", "abc"));
        assertPasses(is("id", Operator.STARTS_WITH, "1000"), List.of("100000000000000000000"));
        assertPasses(is("id", Operator.STARTS_WITH, "4"), List.of());
        assertPasses(is("id", Operator.IN, "abc", 485), List.of("abc", "485"));
        assertPasses(is("id", Operator.IS_NULL), List.of());
    }

    @Test
    default void propertyOfAnotherTypeIsNotSeen() {
        write(
                event(TYPE).id("here").build(),
                event("other").id("there").with("p", 1).build());

        assertPasses(is("p", Operator.IS_NULL), List.of("here"));
    }
}
