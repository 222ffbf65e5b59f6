package io.meterline.store;

import java.math.BigDecimal;

/**
 * What is computed over the events that pass a filter.
 *
 * <p>All but {@link Count} and {@link CountDistinct} need numbers. Text that is a plain decimal counts as its number and
 * is reported as coerced. An event whose property is missing or null is excluded as {@link #PROPERTY_MISSING}, one whose
 * property is of another kind as {@link #PROPERTY_NOT_NUMERIC}; neither is ever counted as 0.
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

    /** How many different values, compared as canonical text: 100 equals {@code "100"}. */
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
     * <p>The level starts at 0, or with {@code carryOver} at what the events before the period left. A window starts at
     * the level that the one before left; it has a value as soon as there was an event in it or before it. The period
     * must have a beginning.
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
     * An expression computed for each event and summed. An event lacking a property of it, or dividing by zero
     * ({@link #DIVISION_BY_ZERO}), is excluded.
     */
    record Formula(Expression expression) implements Measure {}
}
