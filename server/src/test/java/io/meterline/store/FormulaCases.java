package io.meterline.store;

import static io.meterline.store.TestEvents.event;
import static io.meterline.store.TestEvents.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.store.Expression.Operator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Formulas: computed for each event, summed, rounded once. */
interface FormulaCases extends StoreCases {

    Expression A = new Expression.PropertyRef("a");
    Expression B = new Expression.PropertyRef("b");
    Expression C = new Expression.PropertyRef("c");

    private static Expression constant(String value) {
        return new Expression.Constant(number(value));
    }

    private static Expression plus(Expression left, Expression right) {
        return new Expression.Binary(Operator.ADD, left, right);
    }

    private static Expression minus(Expression left, Expression right) {
        return new Expression.Binary(Operator.SUBTRACT, left, right);
    }

    private static Expression times(Expression left, Expression right) {
        return new Expression.Binary(Operator.MULTIPLY, left, right);
    }

    private static Expression over(Expression left, Expression right) {
        return new Expression.Binary(Operator.DIVIDE, left, right);
    }

    private Answer formula(Expression expression) {
        return ask(TestUsage.usage(TYPE, new Measure.Formula(expression)));
    }

    private static TestEvents.Builder ab(String id, @Nullable Object a, @Nullable Object b) {
        return event(TYPE).id(id).with("a", a).with("b", b);
    }

    @Test
    default void formulaIsComputedForEachEventAndSummed() {
        write(ab("1", 10, number("0.5")).build(), ab("2", 3, 2).build());

        assertThat(formula(times(A, B)).total()).isEqualTo("11/2");
        assertThat(formula(plus(A, B)).total()).isEqualTo("15.5/2");
        assertThat(formula(minus(A, B)).total()).isEqualTo("10.5/2");
        assertThat(formula(over(A, B)).total()).isEqualTo("21.5/2");
        assertThat(formula(new Expression.Negation(A)).total()).isEqualTo("-13/2");
        assertThat(formula(times(plus(A, constant("1")), minus(B, constant("0.25"))))
                        .total())
                .isEqualTo("9.75/2");
    }

    @Test
    default void formulaOfConstantsCountsEveryEvent() {
        write(event(TYPE).id("1").build(), event(TYPE).id("2").with("a", "x").build());

        assertThat(formula(constant("0.29")).total()).isEqualTo("0.58/2");
    }

    @Test
    default void thirdsAddUpToAWhole() {
        write(ab("1", 1, 3).build(), ab("2", 1, 3).build(), ab("3", 1, 3).build());

        assertThat(formula(over(A, B)).total()).isEqualTo("1/3");
    }

    @Test
    default void formulaIsRoundedOnceAfterTheSum() {
        write(ab("1", 2, 3).build(), ab("2", 2, 3).build());

        assertThat(formula(over(A, B)).total()).isEqualTo("1.333333333333333333/2");
        assertThat(formula(new Expression.Negation(over(A, B))).total()).isEqualTo("-1.333333333333333333/2");
    }

    @Test
    default void productsOfTinyNumbersAreRoundedAfterTheSum() {
        // Each is half of the last digit; rounded one by one they would add up to twice as much.
        write(
                ab("1", number(NumberCases.LEAST), number("0.5")).build(),
                ab("2", number(NumberCases.LEAST), number("0.5")).build(),
                ab("3", number(NumberCases.LEAST), number("0.5")).build());

        assertThat(formula(times(A, B)).total()).isEqualTo("0.000000000000000002/3");
        assertThat(formula(times(A, times(B, constant("0.5")))).total()).isEqualTo("0.000000000000000001/3");
    }

    @Test
    default void productsOfTheGreatestNumbersAreExact() {
        write(ab("1", number(NumberCases.MOST), number(NumberCases.MOST)).build());

        assertThat(formula(times(A, B)).total()).isEqualTo("9999999999999999999999999999999999999800/1");
    }

    @Test
    default void greatProductsCancelToTheLastDigit() {
        write(ab("1", number(NumberCases.MOST), number(NumberCases.MOST))
                .with("c", number("0.25"))
                .build());

        Expression squares = minus(plus(times(A, B), C), times(A, B));

        assertThat(formula(squares).total()).isEqualTo("0.25/1");
    }

    @Test
    default void eventThatLacksAPropertyIsExcluded() {
        write(
                ab("1", 1, 1).build(),
                event(TYPE).id("2").with("a", 1).build(),
                ab("3", 1, null).build());

        Answer answer = formula(plus(A, B));

        assertThat(answer.total()).isEqualTo("2/1");
        assertThat(answer.excluded()).isEqualTo(Map.of(Measure.PROPERTY_MISSING, 2L));
    }

    @Test
    default void divisionByZeroExcludesTheEvent() {
        write(
                ab("1", 1, 0).build(),
                ab("2", 1, 2).build(),
                ab("3", 0, 0).build(),
                ab("4", 1, "0.00").build());

        Answer answer = formula(over(A, B));

        assertThat(answer.total()).isEqualTo("0.5/1");
        assertThat(answer.excluded()).isEqualTo(Map.of(Measure.DIVISION_BY_ZERO, 3L));
        assertThat(answer.coerced()).isZero();
    }

    @Test
    default void divisionByADifferenceOfZeroExcludesTheEvent() {
        write(
                ab("1", number("0.3"), number("0.30")).build(),
                ab("2", number(NumberCases.MOST), number("99999999999999999999.999999999999999998"))
                        .build());

        Answer answer = formula(over(constant("1"), minus(A, B)));

        assertThat(answer.total()).isEqualTo("1000000000000000000/1");
        assertThat(answer.excluded()).isEqualTo(Map.of(Measure.DIVISION_BY_ZERO, 1L));
    }

    @Test
    default void divisionByZeroExcludesAlsoWhereItIsMultipliedByZero() {
        write(ab("1", 1, 0).build());

        assertThat(formula(times(constant("0"), over(A, B))).excluded())
                .isEqualTo(Map.of(Measure.DIVISION_BY_ZERO, 1L));
    }

    @Test
    default void ofSeveralFaultsTheMissingPropertyIsNamedFirst() {
        write(
                event(TYPE).id("1").with("a", "x").with("c", 0).build(),
                ab("2", 1, "x").with("c", 0).build(),
                ab("3", 1, 1).with("c", 0).build());

        Answer answer = formula(over(plus(A, B), C));

        assertThat(answer.excluded())
                .isEqualTo(Map.of(
                        Measure.PROPERTY_MISSING, 1L,
                        Measure.PROPERTY_NOT_NUMERIC, 1L,
                        Measure.DIVISION_BY_ZERO, 1L));
    }

    @Test
    default void eventWithCoercedPropertiesIsCoercedOnce() {
        write(ab("1", "2", "3").build(), ab("2", 1, "4").build(), ab("3", 1, 1).build());

        Answer answer = formula(times(A, B));

        assertThat(answer.total()).isEqualTo("11/3");
        assertThat(answer.coerced()).isEqualTo(2);
    }

    @Test
    default void propertyMayStandInAFormulaSeveralTimes() {
        write(ab("1", 3, 4).build());

        assertThat(formula(plus(times(A, A), times(B, B))).total()).isEqualTo("25/1");
        assertThat(formula(minus(A, A)).total()).isEqualTo("0/1");
    }

    @Test
    default void formulaSeesNarrowWideAndCoercedValuesAlike() {
        write(
                ab("1", number(NumberCases.WIDE), number("0.5")).build(),
                ab("2", 3, number("0.0000001")).build(),
                ab("3", NumberCases.MOST, 2).build());

        assertThat(formula(times(A, B)).total()).isEqualTo("200000000500000000000.000000349999999998/3");
    }

    @Test
    default void formulaIsSplitByWindowsAndGroups() {
        write(
                ab("1", 1, 3).at("2026-01-01T00:00:00Z").with("region", "eu").build(),
                ab("2", 1, 3).at("2026-01-02T00:00:00Z").with("region", "eu").build(),
                ab("3", 1, 6).at("2026-01-02T00:00:00Z").with("region", "us").build());

        Answer answer = ask(TestUsage.usage(TYPE, new Measure.Formula(over(A, B)))
                .windows("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z")
                .by("region"));

        assertThat(answer.total()).isEqualTo("0.833333333333333333/3");
        assertThat(answer.windows()).containsExactly("0.333333333333333333/1", "0.5/2");
        assertThat(answer.groups())
                .containsEntry(
                        List.of("eu"),
                        List.of("0.666666666666666667/2", "0.333333333333333333/1", "0.333333333333333333/1"))
                .containsEntry(List.of("us"), List.of("0.166666666666666667/1", "null/0", "0.166666666666666667/1"));
    }
}
