package io.meterline.store.duckdb;

import io.meterline.event.Decimals;
import io.meterline.store.Expression;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes a formula for one event. Its value is an exact fraction until the one division, which keeps 36 fractional
 * digits.
 */
final class FormulaEvaluator {

    private static final int QUOTIENT_SCALE = 2 * Decimals.MAX_FRACTION_DIGITS;

    private final Expression expression;
    private final List<String> properties;

    FormulaEvaluator(Expression expression) {
        this.expression = expression;
        Set<String> names = new LinkedHashSet<>();
        collect(expression, names);
        this.properties = List.copyOf(names);
    }

    /** The properties that it needs. */
    List<String> properties() {
        return properties;
    }

    boolean divides() {
        return divides(expression);
    }

    /** The value of an event with these numbers, one for each property; null when it divides by zero. */
    @Nullable
    BigDecimal evaluate(Map<String, BigDecimal> values) {
        Fraction result = evaluate(expression, values);
        return result == null ? null : result.value();
    }

    /** The same rounded once, to as many digits as a figure has. */
    @Nullable
    BigDecimal rounded(Map<String, BigDecimal> values) {
        Fraction result = evaluate(expression, values);
        return result == null ? null : Decimals.divide(result.numerator, result.denominator);
    }

    private static boolean divides(Expression expression) {
        return switch (expression) {
            case Expression.Constant ignored -> false;
            case Expression.PropertyRef ignored -> false;
            case Expression.Negation(Expression operand) -> divides(operand);
            case Expression.Binary(Expression.Operator operator, Expression left, Expression right) ->
                operator == Expression.Operator.DIVIDE || divides(left) || divides(right);
        };
    }

    private static @Nullable Fraction evaluate(Expression expression, Map<String, BigDecimal> values) {
        return switch (expression) {
            case Expression.Constant(BigDecimal value) -> Fraction.of(value);
            case Expression.PropertyRef(String property) -> Fraction.of(values.getOrDefault(property, BigDecimal.ZERO));
            case Expression.Negation(Expression operand) -> {
                Fraction value = evaluate(operand, values);
                yield value == null ? null : new Fraction(value.numerator.negate(), value.denominator);
            }
            case Expression.Binary(Expression.Operator operator, Expression left, Expression right) -> {
                Fraction a = evaluate(left, values);
                Fraction b = evaluate(right, values);
                yield a == null || b == null ? null : a.combine(operator, b);
            }
        };
    }

    private static void collect(Expression expression, Set<String> names) {
        switch (expression) {
            case Expression.Constant ignored -> {}
            case Expression.PropertyRef(String property) -> names.add(property);
            case Expression.Negation(Expression operand) -> collect(operand, names);
            case Expression.Binary(Expression.Operator ignored, Expression left, Expression right) -> {
                collect(left, names);
                collect(right, names);
            }
        }
    }

    /** An exact quotient of two decimals. */
    private record Fraction(BigDecimal numerator, BigDecimal denominator) {

        static Fraction of(BigDecimal value) {
            return new Fraction(value, BigDecimal.ONE);
        }

        BigDecimal value() {
            return denominator.compareTo(BigDecimal.ONE) == 0
                    ? numerator
                    : numerator.divide(denominator, QUOTIENT_SCALE, RoundingMode.HALF_UP);
        }

        @Nullable
        Fraction combine(Expression.Operator operator, Fraction other) {
            return switch (operator) {
                case ADD ->
                    new Fraction(
                            numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                            denominator.multiply(other.denominator));
                case SUBTRACT ->
                    new Fraction(
                            numerator.multiply(other.denominator).subtract(other.numerator.multiply(denominator)),
                            denominator.multiply(other.denominator));
                case MULTIPLY ->
                    new Fraction(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
                case DIVIDE ->
                    other.numerator.signum() == 0
                            ? null
                            : new Fraction(
                                    numerator.multiply(other.denominator), denominator.multiply(other.numerator));
            };
        }
    }
}
