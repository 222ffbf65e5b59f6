package io.meterline.store;

import java.math.BigDecimal;

/**
 * What is computed over the events that pass a filter.
 *
 * <p>All but {@link Count} and {@link CountDistinct} need numbers. Text that is a plain decimal counts as its number and
 * is reported as coerced. An event whose property is missing or null is excluded as {@link #PROPERTY_MISSING} (also from
 * {@link CountDistinct}), one whose property is of another kind as {@link #PROPERTY_NOT_NUMERIC}; neither is ever counted
 * as 0. The property {@code id} has the value that {@link Filter} gives it.
 *
 * <p>The value over no events is null, except 0 for counts. Quotients are rounded once to 18 fractional digits, half away
 * from zero.
 */
public sealed interface Measure {

    String PROPERTY_MISSING = "property_missing";
    String PROPERTY_NOT_NUMERIC = "property_not_numeric";
    String DIVISION_BY_ZERO = "division_by_zero";

    /** How many events. */
    record Count() implements Measure {}

    /**
     * How many different values, compared as canonical text ({@link Filter}): 100 equals {@code "100"}. Nothing is
     * coerced.
     */
    record CountDistinct(String property) implements Measure {}

    record Sum(String property) implements Measure {}

    record Max(String property) implements Measure {}

    record Min(String property) implements Measure {}

    record Average(String property) implements Measure {}

    /** The value of the event with the greatest timestamp; of equal ones, the last received. */
    record Latest(String property) implements Measure {}

    /**
     * The level that the changes in {@code property} add up to, averaged over the period (or window), the last level
     * holding until its end.
     *
     * <p>The level starts at 0, or with {@code carryOver} at what the counted events before the period left: those of the
     * same filter, customers and group. A window starts at the level that the one before left. A figure has a value as
     * soon as there was a counted event in its period or window, or before it (within the whole period, or with
     * {@code carryOver} at any time), else null; it is null for a period without length. The events before a period or
     * window are no part of {@code events}, {@code excluded} or {@code coerced}.
     *
     * <p>The period must have a beginning, else {@code usage} throws {@code IllegalArgumentException}.
     */
    record WeightedSum(String property, boolean carryOver) implements Measure {}

    /**
     * The value below which {@code percentile} percent of the values lie, linearly interpolated between the two nearest
     * ranks: rank {@code percentile / 100 * (n - 1)}, counted from 0.
     *
     * @param percentile 0..100, at most 6 fractional digits
     */
    record Percentile(String property, BigDecimal percentile) implements Measure {}

    /**
     * An expression computed for each event and summed.
     *
     * <p>An event is excluded when a property of the expression is missing, else when one is not numeric, else when
     * anything is divided by zero ({@link #DIVISION_BY_ZERO}). It is coerced when at least one property is.
     *
     * <p>The value of an event is an exact fraction, and the sum of the fractions is rounded once. An engine may carry
     * quotients with 36 fractional digits until then.
     */
    record Formula(Expression expression) implements Measure {}
}
