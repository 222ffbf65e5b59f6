package io.meterline.store;

import io.meterline.event.Decimals;
import io.meterline.event.Event;
import io.meterline.event.Property;
import io.meterline.event.PropertyValue;
import io.meterline.event.PropertyValue.Array;
import io.meterline.event.PropertyValue.Bool;
import io.meterline.event.PropertyValue.Null;
import io.meterline.event.PropertyValue.Number;
import io.meterline.event.PropertyValue.Scalar;
import io.meterline.event.PropertyValue.Text;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Whether an event passes a {@link Filter}: its rules, one after the other. */
final class ReferenceFilter {

    private ReferenceFilter() {}

    static boolean holds(Filter filter, Event event) {
        return switch (filter) {
            case Filter.All all -> all.parts().stream().allMatch(part -> holds(part, event));
            case Filter.Any any -> any.parts().stream().anyMatch(part -> holds(part, event));
            case Filter.Not not -> !holds(not.part(), event);
            case Filter.Compare compare ->
                holds(compare.operator(), property(event, compare.property()), compare.operands());
        };
    }

    /** The value of a property; a missing one is null, and the id is a property too. */
    static PropertyValue property(Event event, String name) {
        if (name.equals(Property.ID)) {
            return id(event);
        }
        for (Property property : event.properties()) {
            if (property.name().equals(name)) {
                return property.value();
            }
        }
        return Null.NULL;
    }

    private static PropertyValue id(Event event) {
        long digits = event.recordId().chars().filter(Character::isDigit).count();
        return event.idIsNumber() && digits <= Decimals.MAX_INTEGER_DIGITS
                ? new Number(new BigDecimal(event.recordId()))
                : new Text(event.recordId());
    }

    private static boolean holds(Filter.Operator operator, PropertyValue stored, List<Scalar> operands) {
        return switch (operator) {
            case IS_NULL -> stored == Null.NULL;
            case IS_NOT_NULL -> stored != Null.NULL;
            case EQUALS -> equal(stored, operands.getFirst());
            case NOT_EQUAL -> !equal(stored, operands.getFirst());
            case IN -> operands.stream().anyMatch(operand -> equal(stored, operand));
            case NOT_IN -> operands.stream().noneMatch(operand -> equal(stored, operand));
            case GT -> compares(stored, operands.getFirst(), sign -> sign > 0);
            case GTE -> compares(stored, operands.getFirst(), sign -> sign >= 0);
            case LT -> compares(stored, operands.getFirst(), sign -> sign < 0);
            case LTE -> compares(stored, operands.getFirst(), sign -> sign <= 0);
            case CONTAINS -> contains(stored, operands.getFirst());
            case STARTS_WITH -> startsWith(stored, operands.getFirst());
        };
    }

    private static boolean equal(PropertyValue stored, Scalar operand) {
        if (stored instanceof Array) {
            return false;
        }
        if (stored instanceof Number || operand instanceof Number) {
            BigDecimal one = asNumber(stored);
            BigDecimal other = asNumber(operand);
            return one != null && other != null && one.compareTo(other) == 0;
        }
        if (stored == Null.NULL || operand == Null.NULL) {
            return stored.equals(operand);
        }
        // Texts and booleans are left: "true" equals true.
        return Objects.equals(CanonicalText.of(stored), CanonicalText.of(operand));
    }

    private static boolean compares(PropertyValue stored, Scalar operand, IntPredicate sign) {
        if (stored instanceof Number number) {
            BigDecimal bound = asNumber(operand);
            return bound != null && sign.test(number.value().compareTo(bound));
        }
        return stored instanceof Text text
                && operand instanceof Text bound
                && sign.test(compareCodePoints(text.value(), bound.value()));
    }

    private static boolean contains(PropertyValue stored, Scalar operand) {
        String sought = CanonicalText.of(operand);
        if (sought == null) {
            return false;
        }
        return switch (stored) {
            case Text text -> text.value().contains(sought);
            case Array array -> array.elements().stream().anyMatch(element -> sought.equals(CanonicalText.of(element)));
            case Number _, Bool _, Null _ -> false;
        };
    }

    private static boolean startsWith(PropertyValue stored, Scalar operand) {
        String sought = CanonicalText.of(operand);
        return sought != null && stored instanceof Text text && text.value().startsWith(sought);
    }

    private static @Nullable BigDecimal asNumber(PropertyValue value) {
        return switch (value) {
            case Number number -> number.value();
            case Text text -> Decimals.ofPlainText(text.value());
            case Bool _, Null _, Array _ -> null;
        };
    }

    /** The order of Unicode code points, which is that of the bytes in UTF-8. */
    static int compareCodePoints(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
