package io.meterline.store;

import io.meterline.event.PropertyValue;
import java.util.List;

/**
 * A condition on the properties of an event. Two-valued: it holds or it does not.
 *
 * <p>The rules, for all engines:
 *
 * <ul>
 *   <li>A missing property is null. {@code id} is a property like any other.
 *   <li>{@code EQUALS} and {@code IN} (which is {@code EQUALS} with any of its operands), whichever side is stored:
 *       <ul>
 *         <li>a number equals the same number, and text that is a plain decimal ({@link
 *             io.meterline.event.Decimals#ofPlainText}) of the same value;
 *         <li>text equals the same text, so {@code "1.0"} is not {@code "1"};
 *         <li>a boolean equals the same boolean, and the text {@code true} or {@code false} that it is;
 *         <li>null equals null. An array equals nothing. No other pair is equal.
 *       </ul>
 *   <li>{@code NOT_EQUAL} and {@code NOT_IN} hold exactly when {@code EQUALS} and {@code IN} do not, so also for null.
 *   <li>{@code GT}, {@code GTE}, {@code LT}, {@code LTE}: a stored number is compared with an operand that is a number
 *       or plain-decimal text, as numbers; stored text is compared with a text operand, by Unicode code points. Any
 *       other pair does not hold.
 *   <li>{@code CONTAINS}: stored text contains the operand's canonical text; a stored array has an element with the same
 *       canonical text (so 100 is found by {@code "100"}). {@code STARTS_WITH}: stored text begins with it. The
 *       canonical text of a number is {@link io.meterline.event.Decimals#text}, of a boolean {@code true} or
 *       {@code false}; null has none and is found by nothing. Numbers and booleans contain nothing.
 *   <li>The canonical text of an array, for grouping and counting, is its compact JSON: no spaces, numbers as above, in
 *       texts {@code "} and {@code \} escaped by a backslash, the control characters below U+0020 as {@code \b},
 *       {@code \t}, {@code \n}, {@code \f}, {@code \r} or else four upper-case hexadecimal digits behind a backslash and
 *       {@code u}, everything else as it is.
 *   <li>The value of {@code id} is a number when it was sent as an integer of at most 20 digits, else text.
 * </ul>
 */
public sealed interface Filter {

    /** Holds for every event. */
    Filter NONE = new All(List.of());

    /** Holds when every part does; of no parts, always. */
    record All(List<Filter> parts) implements Filter {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** Holds when at least one part does; of no parts, never. */
    record Any(List<Filter> parts) implements Filter {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /**
     * Holds exactly when the part does not. It is not part of the filters of the API: a price without a filter takes the
     * events that no price before it took.
     */
    record Not(Filter part) implements Filter {}

    /**
     * Compares a property.
     *
     * @param operands none for {@code IS_NULL} and {@code IS_NOT_NULL}, any number for {@code IN} and {@code NOT_IN},
     *     else exactly one
     */
    record Compare(String property, Operator operator, List<PropertyValue.Scalar> operands) implements Filter {
        public Compare {
            operands = List.copyOf(operands);
        }
    }

    /** How a property is compared. */
    enum Operator {
        IS_NULL,
        IS_NOT_NULL,
        EQUALS,
        NOT_EQUAL,
        GT,
        GTE,
        LT,
        LTE,
        IN,
        NOT_IN,
        CONTAINS,
        STARTS_WITH
    }
}
