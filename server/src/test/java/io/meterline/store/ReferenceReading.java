package io.meterline.store;

import io.meterline.event.Decimals;
import io.meterline.event.PropertyValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one event brings to a measure: it is counted with a number or a text, or excluded for a reason.
 *
 * @param number what it is counted with, 0 where the measure needs none
 * @param text its canonical text, for distinct values
 * @param coerced true when a text was read as a number
 * @param excluded why it is not counted, null when it is
 */
record ReferenceReading(
        StoredEvent event,
        Fraction number,
        @Nullable String text,
        boolean coerced,
        @Nullable String excluded) {

    static ReferenceReading of(Measure measure, StoredEvent event) {
        return switch (measure) {
            case Measure.Count _ -> counted(event, Fraction.ZERO, false);
            case Measure.CountDistinct distinct -> text(event, distinct.property());
            case Measure.Sum sum -> number(event, sum.property());
            case Measure.Max max -> number(event, max.property());
            case Measure.Min min -> number(event, min.property());
            case Measure.Average average -> number(event, average.property());
            case Measure.Latest latest -> number(event, latest.property());
            case Measure.WeightedSum weighted -> number(event, weighted.property());
            case Measure.Percentile percentile -> number(event, percentile.property());
            case Measure.Formula formula -> formula(event, formula.expression());
        };
    }

    boolean isCounted() {
        return excluded == null;
    }

    private static ReferenceReading counted(StoredEvent event, Fraction number, boolean coerced) {
        return new ReferenceReading(event, number, null, coerced, null);
    }

    private static ReferenceReading excluded(StoredEvent event, String reason) {
        return new ReferenceReading(event, Fraction.ZERO, null, false, reason);
    }

    private static ReferenceReading text(StoredEvent event, String property) {
        String text = CanonicalText.of(ReferenceFilter.property(event.event(), property));
        return text == null
                ? excluded(event, Measure.PROPERTY_MISSING)
                : new ReferenceReading(event, Fraction.ZERO, text, false, null);
    }

    private static ReferenceReading number(StoredEvent event, String property) {
        return formula(event, new Expression.PropertyRef(property));
    }

    /** Of several faults a missing property is named first, then one that is no number, then a division by zero. */
    private static ReferenceReading formula(StoredEvent event, Expression expression) {
        List<String> names = new ArrayList<>();
        collect(expression, names);
        boolean coerced = false;
        boolean notNumeric = false;
        Map<String, Fraction> numbers = new HashMap<>();
        for (String name : names) {
            PropertyValue value = ReferenceFilter.property(event.event(), name);
            if (value == PropertyValue.Null.NULL) {
                return excluded(event, Measure.PROPERTY_MISSING);
            }
            BigDecimal number = switch (value) {
                case PropertyValue.Number it -> it.value();
                case PropertyValue.Text it -> Decimals.ofPlainText(it.value());
                case PropertyValue.Bool _, PropertyValue.Null _, PropertyValue.Array _ -> null;
            };
            if (number == null) {
                notNumeric = true;
            } else {
                coerced |= value instanceof PropertyValue.Text;
                numbers.put(name, Fraction.of(number));
            }
        }
        if (notNumeric) {
            return excluded(event, Measure.PROPERTY_NOT_NUMERIC);
        }
        Fraction result = evaluate(expression, numbers);
        return result == null ? excluded(event, Measure.DIVISION_BY_ZERO) : counted(event, result, coerced);
    }

    private static void collect(Expression expression, List<String> names) {
        switch (expression) {
            case Expression.Constant _ -> {}
            case Expression.PropertyRef it -> names.add(it.property());
            case Expression.Negation it -> collect(it.operand(), names);
            case Expression.Binary it -> {
                collect(it.left(), names);
                collect(it.right(), names);
            }
        }
    }

    /** The exact value, or null when something is divided by zero. */
    private static @Nullable Fraction evaluate(Expression expression, Map<String, Fraction> numbers) {
        return switch (expression) {
            case Expression.Constant it -> Fraction.of(it.value());
            case Expression.PropertyRef it -> numbers.get(it.property());
            case Expression.Negation it -> {
                Fraction operand = evaluate(it.operand(), numbers);
                yield operand == null ? null : operand.negated();
            }
            case Expression.Binary it -> {
                Fraction left = evaluate(it.left(), numbers);
                Fraction right = evaluate(it.right(), numbers);
                yield left == null || right == null ? null : apply(it.operator(), left, right);
            }
        };
    }

    private static @Nullable Fraction apply(Expression.Operator operator, Fraction left, Fraction right) {
        return switch (operator) {
            case ADD -> left.plus(right);
            case SUBTRACT -> left.minus(right);
            case MULTIPLY -> left.times(right);
            case DIVIDE -> right.isZero() ? null : left.over(right);
        };
    }
}
