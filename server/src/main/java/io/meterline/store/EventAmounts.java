package io.meterline.store;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each event brings to a figure, one by one. */
public final class EventAmounts {

    /** The window of every amount when the question has no windows. */
    public static final int WHOLE_PERIOD = 0;

    private EventAmounts() {}

    /** Whether events have amounts in a measure: in a sum and in a formula. */
    public static boolean in(Measure measure) {
        return measure instanceof Measure.Sum || measure instanceof Measure.Formula;
    }

    /**
     * The expression whose value is the amount of an event: the property of a {@link Measure.Sum}, the expression of a
     * {@link Measure.Formula}. Throws IllegalArgumentException for other measures, in which no event has an amount of its
     * own.
     */
    public static Expression expression(Measure measure) {
        return switch (measure) {
            case Measure.Sum(String property) -> new Expression.PropertyRef(property);
            case Measure.Formula(Expression expression) -> expression;
            case Measure.Count ignored -> throw none();
            case Measure.CountDistinct ignored -> throw none();
            case Measure.Max ignored -> throw none();
            case Measure.Min ignored -> throw none();
            case Measure.Average ignored -> throw none();
            case Measure.Latest ignored -> throw none();
            case Measure.WeightedSum ignored -> throw none();
            case Measure.Percentile ignored -> throw none();
        };
    }

    private static IllegalArgumentException none() {
        return new IllegalArgumentException("Only a sum and a formula have an amount for each event.");
    }

    /** Takes the amounts, on a thread of the store. What it throws ends the reading. */
    @FunctionalInterface
    public interface Sink {

        /**
         * Takes the amount of one event.
         *
         * @param groupKey as {@link UsageResult.Group#key()}, empty when nothing was asked to be grouped; the same object for
         *     all events of a group
         * @param window index of the window, or {@link #WHOLE_PERIOD}
         * @param amount rounded to 18 fractional digits, half away from zero, in canonical form
         */
        void accept(List<@Nullable String> groupKey, int window, BigDecimal amount);
    }
}
