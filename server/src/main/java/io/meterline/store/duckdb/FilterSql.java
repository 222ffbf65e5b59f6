package io.meterline.store.duckdb;

import io.meterline.event.Decimals;
import io.meterline.event.PropertyValue;
import io.meterline.event.PropertyValue.Scalar;
import io.meterline.store.Filter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Filters as SQL, by the rules of {@link Filter}. Each condition is true or false and never unknown, so it can be negated. */
final class FilterSql {

    private final TypeLayout layout;

    FilterSql(TypeLayout layout) {
        this.layout = layout;
    }

    Condition of(Filter filter) {
        return switch (filter) {
            case Filter.All(List<Filter> parts) ->
                Condition.all(parts.stream().map(this::of).toList());
            case Filter.Any(List<Filter> parts) ->
                Condition.any(parts.stream().map(this::of).toList());
            case Filter.Not(Filter part) -> of(part).not();
            case Filter.Compare compare -> of(compare);
        };
    }

    private Condition of(Filter.Compare compare) {
        PropertySql property = PropertySql.of(layout, compare.property());
        return switch (compare.operator()) {
            case IS_NULL -> Condition.of(property.isPresent()).not();
            case IS_NOT_NULL -> Condition.of(property.isPresent());
            case EQUALS, IN -> equalsAny(property, compare.operands());
            case NOT_EQUAL, NOT_IN -> equalsAny(property, compare.operands()).not();
            case GT, GTE, LT, LTE ->
                ordered(property, compare.operator(), compare.operands().getFirst());
            case CONTAINS -> contains(property, compare.operands().getFirst());
            case STARTS_WITH -> startsWith(property, compare.operands().getFirst());
        };
    }

    private static Condition equalsAny(PropertySql property, List<Scalar> operands) {
        EqualSql equal = new EqualSql(property);
        for (Scalar operand : operands) {
            switch (operand) {
                case PropertyValue.Null ignored -> equal.missing();
                case PropertyValue.Bool(boolean bool) -> {
                    equal.bool(bool);
                    equal.text(String.valueOf(bool));
                }
                case PropertyValue.Number(BigDecimal number) -> {
                    equal.number(number);
                    equal.textThatIs(number);
                }
                case PropertyValue.Text(String text) -> {
                    equal.text(text);
                    BigDecimal number = Decimals.ofPlainText(text);
                    if (number != null) {
                        equal.number(number);
                    }
                    if (text.equals("true") || text.equals("false")) {
                        equal.bool(Boolean.parseBoolean(text));
                    }
                }
            }
        }
        return equal.any();
    }

    private static Condition ordered(PropertySql property, Filter.Operator operator, Scalar operand) {
        List<Condition> parts = new ArrayList<>();
        if (operand instanceof PropertyValue.Text(String text) && property.text() != null) {
            parts.add(Condition.of(property.text() + symbol(operator) + "?", text));
        }
        BigDecimal number = number(operand);
        if (number != null) {
            for (String column : new @Nullable String[] {property.narrow(), property.wide()}) {
                if (column != null) {
                    parts.add(ordered(column, operator, number));
                }
            }
        }
        return Condition.any(parts.stream().map(Condition::twoValued).toList());
    }

    /** An operand may have more digits than any stored number; then it is moved to the next one, or holds always or never. */
    private static Condition ordered(String column, Filter.Operator operator, BigDecimal operand) {
        boolean down = operator == Filter.Operator.GT || operator == Filter.Operator.LTE;
        BigDecimal nearest = operand.scale() <= Decimals.MAX_FRACTION_DIGITS
                ? operand
                : operand.setScale(Decimals.MAX_FRACTION_DIGITS, down ? RoundingMode.FLOOR : RoundingMode.CEILING);
        if (!Decimals.fits(nearest)) {
            boolean asksForLess = operator == Filter.Operator.LT || operator == Filter.Operator.LTE;
            return asksForLess == (operand.signum() > 0) ? Condition.of(column + " IS NOT NULL") : Condition.FALSE;
        }
        return Condition.of(wide(column) + symbol(operator) + wide("?"), Decimals.text(nearest));
    }

    private static Condition contains(PropertySql property, Scalar operand) {
        String text = canonicalText(operand);
        List<Condition> parts = new ArrayList<>();
        if (text != null && property.text() != null) {
            parts.add(Condition.of("contains(" + property.text() + ", ?)", text));
        }
        if (text != null && property.elements() != null) {
            parts.add(Condition.of("contains(" + property.elements() + ", ?)", ArrayText.element(text)));
        }
        return Condition.any(parts.stream().map(Condition::twoValued).toList());
    }

    private static Condition startsWith(PropertySql property, Scalar operand) {
        String text = canonicalText(operand);
        return text == null || property.text() == null
                ? Condition.FALSE
                : Condition.of("starts_with(" + property.text() + ", ?)", text).twoValued();
    }

    private static @Nullable BigDecimal number(Scalar operand) {
        return switch (operand) {
            case PropertyValue.Number(BigDecimal number) -> number;
            case PropertyValue.Text(String text) -> Decimals.ofPlainText(text);
            case PropertyValue.Bool ignored -> null;
            case PropertyValue.Null ignored -> null;
        };
    }

    private static @Nullable String canonicalText(Scalar operand) {
        return switch (operand) {
            case PropertyValue.Text(String text) -> text;
            case PropertyValue.Number(BigDecimal number) -> Decimals.text(number);
            case PropertyValue.Bool(boolean bool) -> String.valueOf(bool);
            case PropertyValue.Null ignored -> null;
        };
    }

    static String wide(String expression) {
        return "CAST(" + expression + " AS DECIMAL(38,18))";
    }

    private static String symbol(Filter.Operator operator) {
        return switch (operator) {
            case GT -> " > ";
            case GTE -> " >= ";
            case LT -> " < ";
            case LTE -> " <= ";
            case IS_NULL, IS_NOT_NULL, EQUALS, NOT_EQUAL, IN, NOT_IN, CONTAINS, STARTS_WITH ->
                throw new IllegalArgumentException(operator + " does not order");
        };
    }
}
