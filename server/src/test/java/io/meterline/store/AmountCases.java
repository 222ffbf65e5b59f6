package io.meterline.store;

import static io.meterline.store.TestEvents.event;
import static io.meterline.store.TestEvents.number;
import static io.meterline.store.TestUsage.is;
import static io.meterline.store.TestUsage.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.event.Decimals;
import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.store.Filter.Operator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The amounts of events, one by one. */
interface AmountCases extends StoreCases {

    /** Each as {@code [key] window amount}. */
    private List<String> amounts(TestUsage question) {
        List<String> amounts = new ArrayList<>();
        store().amounts(
                        Environment.LIVE,
                        question.build(),
                        (key, window, amount) -> amounts.add(key + " " + window + " " + amount.toPlainString()));
        return amounts;
    }

    private static Expression property(String name) {
        return new Expression.PropertyRef(name);
    }

    private static Measure quotient(String dividend, String divisor) {
        return new Measure.Formula(
                new Expression.Binary(Expression.Operator.DIVIDE, property(dividend), property(divisor)));
    }

    @Test
    default void amountsOfASumComeInTheOrderOfTime() {
        write(
                event(TYPE).id("c").at("2026-01-03T00:00:00Z").with("p", 3).build(),
                event(TYPE).id("a").at("2026-01-01T00:00:00Z").with("p", 1).build(),
                event(TYPE).id("b").at("2026-01-02T00:00:00Z").with("p", 2).build());

        assertThat(amounts(usage(TYPE, new Measure.Sum("p")))).containsExactly("[] 0 1", "[] 0 2", "[] 0 3");
    }

    @Test
    default void amountsOfOneTimeComeInTheOrderOfAcceptance() {
        write(
                event(TYPE).id("c").with("p", 3).build(),
                event(TYPE).id("a").with("p", 1).build(),
                event(TYPE).id("b").with("p", 2).build());
        write(event(TYPE).id("c").with("p", 4).build());

        assertThat(amounts(usage(TYPE, new Measure.Sum("p")))).containsExactly("[] 0 1", "[] 0 2", "[] 0 4");
    }

    @Test
    default void amountsAreOfTheCurrentVersionsAlone() {
        write(
                event(TYPE).id("a").at("2026-01-01T00:00:00Z").with("p", 1).build(),
                event(TYPE).id("b").at("2026-01-02T00:00:00Z").with("p", 2).build());
        write(
                event(TYPE).id("a").at("2026-01-03T00:00:00Z").with("p", 10).build(),
                event(TYPE).id("b").at("2026-01-01T00:00:00Z").with("p", 20).build());

        assertThat(amounts(usage(TYPE, new Measure.Sum("p")))).containsExactly("[] 0 2", "[] 0 10");
    }

    @Test
    default void whatASumExcludesHasNoAmountAndTextThatIsANumberHas() {
        writeValues(
                "p",
                number("0.50"),
                "7.0",
                null,
                "x",
                true,
                List.of(1),
                0,
                number("-3"),
                number(NumberCases.WIDE),
                number(NumberCases.LEAST));
        write(event(TYPE).id("without").build());

        assertThat(amounts(usage(TYPE, new Measure.Sum("p"))))
                .containsExactly(
                        "[] 0 0.5",
                        "[] 0 7",
                        "[] 0 0",
                        "[] 0 -3",
                        "[] 0 " + Decimals.text(number(NumberCases.WIDE)),
                        "[] 0 " + number(NumberCases.LEAST).toPlainString());
    }

    @Test
    default void amountOfAFormulaIsItsValueRoundedOnce() {
        write(
                event(TYPE).id("a").with("p", 2).with("q", 3).build(),
                event(TYPE).id("b").with("p", -2).with("q", "3").build(),
                event(TYPE).id("by zero").with("p", 1).with("q", 0).build(),
                event(TYPE).id("missing").with("p", 1).build(),
                event(TYPE).id("text").with("p", "x").with("q", 1).build(),
                event(TYPE).id("c").with("p", 6).with("q", 4).build());

        assertThat(amounts(usage(TYPE, quotient("p", "q"))))
                .containsExactly("[] 0 0.666666666666666667", "[] 0 -0.666666666666666667", "[] 0 1.5");
    }

    /** 36 digits and then 18 would make 0.5 of the last digit out of something less. */
    @Test
    default void amountJustBelowHalfADigitIsRoundedDown() {
        Expression sixth = new Expression.Binary(
                Expression.Operator.DIVIDE, property("p"), new Expression.Constant(number("3000000000000000000")));
        Expression tiny = new Expression.Constant(number("0.000000000000000001"));
        Expression scaled = new Expression.Binary(Expression.Operator.MULTIPLY, sixth, tiny);
        Expression half = new Expression.Constant(number("0.0000000000000000005"));
        writeValues("p", number("-0.000001"), number("0.000001"));

        assertThat(amounts(
                        usage(TYPE, new Measure.Formula(new Expression.Binary(Expression.Operator.ADD, scaled, half)))))
                .containsExactly("[] 0 0", "[] 0 0.000000000000000001");
    }

    @Test
    default void formulaWithoutPropertiesHasAnAmountForEachEvent() {
        writeValues("p", 1, null);

        assertThat(amounts(usage(TYPE, new Measure.Formula(new Expression.Constant(number("2.50"))))))
                .containsExactly("[] 0 2.5", "[] 0 2.5");
    }

    @Test
    default void amountsOfACustomerComeTogetherAndCustomersByNumber() {
        write(
                event(TYPE)
                        .id("1")
                        .customer(10)
                        .at("2026-01-01T00:00:00Z")
                        .with("p", 1)
                        .build(),
                event(TYPE)
                        .id("2")
                        .customer(9)
                        .at("2026-01-02T00:00:00Z")
                        .with("p", 2)
                        .build(),
                event(TYPE)
                        .id("3")
                        .customer(10)
                        .at("2026-01-03T00:00:00Z")
                        .with("p", 3)
                        .build(),
                event(TYPE)
                        .id("4")
                        .customer(9)
                        .at("2026-01-04T00:00:00Z")
                        .with("p", 4)
                        .build(),
                event(TYPE)
                        .id("5")
                        .customer(100)
                        .at("2026-01-02T00:00:00Z")
                        .with("p", 5)
                        .build());

        assertThat(amounts(usage(TYPE, new Measure.Sum("p")).byCustomer()))
                .containsExactly("[9] 0 2", "[9] 0 4", "[10] 0 1", "[10] 0 3", "[100] 0 5");
        assertThat(amounts(usage(TYPE, new Measure.Sum("p")).byCustomer().merged(100, 10)))
                .containsExactly("[9] 0 2", "[9] 0 4", "[10] 0 1", "[10] 0 5", "[10] 0 3");
        assertThat(amounts(usage(TYPE, new Measure.Sum("p")).byCustomer().customers(10, 100)))
                .containsExactly("[10] 0 1", "[10] 0 3", "[100] 0 5");
    }

    @Test
    default void amountsOfAGroupComeTogetherInTheOrderOfItsText() {
        write(
                event(TYPE).id("1").with("p", 1).build(),
                event(TYPE).id("2").with("p", 2).with("region", "us").build(),
                event(TYPE).id("3").with("p", 3).with("region", 5).build(),
                event(TYPE).id("4").with("p", 4).with("region", "").build(),
                event(TYPE).id("5").with("p", 5).with("region", "😀").build(),
                event(TYPE).id("6").with("p", 6).with("region", "\uFF5E").build(),
                event(TYPE).id("7").with("p", 7).with("region", "us").build(),
                event(TYPE).id("8").with("p", 8).with("region", null).build(),
                event(TYPE)
                        .id("9")
                        .with("p", 9)
                        .with("region", "us")
                        .customer(2)
                        .build());

        assertThat(amounts(usage(TYPE, new Measure.Sum("p")).by("region").byCustomer()))
                .containsExactly(
                        "[, 1] 0 4",
                        "[5, 1] 0 3",
                        "[us, 1] 0 2",
                        "[us, 1] 0 7",
                        "[us, 2] 0 9",
                        "[\uFF5E, 1] 0 6",
                        "[😀, 1] 0 5",
                        "[null, 1] 0 1",
                        "[null, 1] 0 8");
    }

    @Test
    default void amountsSayTheirWindow() {
        write(
                event(TYPE).id("1").at("2026-01-31T23:59:59Z").with("p", 1).build(),
                event(TYPE).id("2").at("2026-01-01T00:00:00Z").with("p", 2).build(),
                event(TYPE).id("3").at("2026-03-31T00:00:00Z").with("p", 3).build(),
                event(TYPE).id("4").at("2026-04-01T00:00:00Z").with("p", 4).build(),
                event(TYPE)
                        .id("5")
                        .customer(2)
                        .at("2026-01-05T00:00:00Z")
                        .with("p", 5)
                        .build());
        TestUsage months = usage(TYPE, new Measure.Sum("p"))
                .windows(
                        "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");

        assertThat(amounts(months)).containsExactly("[] 0 2", "[] 0 5", "[] 0 1", "[] 2 3");
        assertThat(amounts(months.byCustomer())).containsExactly("[1] 0 2", "[1] 0 1", "[1] 2 3", "[2] 0 5");
    }

    @Test
    default void amountsAreOfTheEventsThatPassTheFilterInThePeriod() {
        write(
                event(TYPE).id("1").at("2026-01-01T00:00:00Z").with("p", 1).build(),
                event(TYPE).id("2").at("2026-01-02T00:00:00Z").with("p", 2).build(),
                event(TYPE).id("3").at("2026-01-03T00:00:00Z").with("p", 3).build(),
                event("other").id("4").at("2026-01-02T00:00:00Z").with("p", 4).build());

        assertThat(amounts(usage(TYPE, new Measure.Sum("p"))
                        .where(is("p", Operator.GT, 1))
                        .from("2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z")))
                .containsExactly("[] 0 2");
    }

    @Test
    default void manyAmountsAddUpToTheFigure() {
        List<Event> events = IntStream.range(0, 6_000)
                .mapToObj(i -> event(TYPE)
                        .id(i)
                        .customer(1 + i % 700)
                        .at(TestEvents.micros("2026-01-01T00:00:00Z") + i * 7919L % 1_000_000)
                        .with("p", i % 5 == 0 ? Integer.toString(i) : i)
                        .build())
                .toList();
        write(Environment.LIVE, events);
        List<List<String>> keys = new ArrayList<>();
        BigDecimal[] sum = {BigDecimal.ZERO};

        store().amounts(
                        Environment.LIVE,
                        usage(TYPE, new Measure.Sum("p")).byCustomer().most(1).build(),
                        (key, window, amount) -> {
                            if (keys.isEmpty() || !keys.getLast().equals(key)) {
                                keys.add(List.copyOf(key));
                            }
                            sum[0] = sum[0].add(amount);
                        });

        assertThat(keys)
                .isEqualTo(IntStream.rangeClosed(1, 700)
                        .mapToObj(i -> List.of(Integer.toString(i)))
                        .toList());
        assertThat(sum[0]).isEqualByComparingTo("17997000");
    }

    @Test
    default void otherMeasuresHaveNoAmounts() {
        writeValues("p", 1);

        for (Measure measure : List.of(
                new Measure.Count(),
                new Measure.CountDistinct("p"),
                new Measure.Max("p"),
                new Measure.Min("p"),
                new Measure.Average("p"),
                new Measure.Latest("p"),
                new Measure.WeightedSum("p", false),
                new Measure.Percentile("p", number("50")))) {
            assertThatThrownBy(() -> amounts(usage(TYPE, measure)))
                    .as("%s", measure)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    default void unknownTypeAndUnknownPropertyHaveNoAmounts() {
        writeValues("p", 1);

        assertThat(amounts(usage("never", new Measure.Sum("p")))).isEmpty();
        assertThat(amounts(usage(TYPE, new Measure.Sum("never")))).isEmpty();
    }

    @Test
    default void whatTheSinkThrowsEndsTheReading() {
        writeValues("p", 1, 2, 3);
        UsageQuery question = usage(TYPE, new Measure.Sum("p")).build();

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> store().amounts(Environment.LIVE, question, (key, window, amount) -> {
                        throw new IllegalStateException("enough");
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("enough");
        }
        assertThat(amounts(usage(TYPE, new Measure.Sum("p")))).hasSize(3);
    }
}
