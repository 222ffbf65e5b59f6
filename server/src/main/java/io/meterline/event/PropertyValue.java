package io.meterline.event;

import java.math.BigDecimal;
import java.util.List;

/**
 * The value of one property of a record: text, a number, a boolean, null, or a flat array of those.
 *
 * <p>Numbers are exact; a {@code double} never stands between the JSON text and the figure.
 */
public sealed interface PropertyValue {

    /** A value that may stand in an array. */
    sealed interface Scalar extends PropertyValue {}

    /** Text of at most 8 KiB in UTF-8. */
    record Text(String value) implements Scalar {}

    /** A decimal of at most 20 integer and 18 fractional digits. Equal numbers are equal, whatever their scale. */
    record Number(BigDecimal value) implements Scalar {
        public Number {
            value = Decimals.canonical(value);
        }
    }

    /** A boolean. */
    record Bool(boolean value) implements Scalar {
        public static final Bool TRUE = new Bool(true);
        public static final Bool FALSE = new Bool(false);

        public static Bool of(boolean value) {
            return value ? TRUE : FALSE;
        }
    }

    /** An explicit JSON null. To filters and aggregators it is the same as a property that is missing. */
    enum Null implements Scalar {
        NULL
    }

    /** A flat array. */
    record Array(List<Scalar> elements) implements PropertyValue {
        public Array {
            elements = List.copyOf(elements);
        }
    }
}
