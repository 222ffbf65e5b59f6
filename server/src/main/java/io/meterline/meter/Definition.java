package io.meterline.meter;

import io.meterline.store.Filter;
import io.meterline.store.Measure;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an aggregator counts. Read and checked by {@link DefinitionJson}.
 *
 * @param name 1..200 characters; null only for one that was tried and never saved
 * @param eventType whose events
 * @param operation what is computed
 * @param property over which property; null for {@code count} and {@code formula}
 * @param filter which of the events count
 * @param unitName what the figure is in, for people, as in {@code GB}
 * @param percentile 0..100, for {@code percentile} only
 * @param carryOver for {@code weighted_sum}: start at the level that earlier events left
 * @param formula for {@code formula} only
 */
public record Definition(
        @Nullable String name,
        String eventType,
        Operation operation,
        @Nullable String property,
        Filter filter,
        @Nullable String unitName,
        @Nullable BigDecimal percentile,
        boolean carryOver,
        @Nullable Formula formula) {

    /** The same for the store. */
    public Measure measure() {
        return switch (operation) {
            case COUNT -> new Measure.Count();
            case SUM -> new Measure.Sum(theProperty());
            case MAX -> new Measure.Max(theProperty());
            case MIN -> new Measure.Min(theProperty());
            case AVERAGE -> new Measure.Average(theProperty());
            case LATEST -> new Measure.Latest(theProperty());
            case COUNT_DISTINCT -> new Measure.CountDistinct(theProperty());
            case WEIGHTED_SUM -> new Measure.WeightedSum(theProperty(), carryOver);
            case PERCENTILE -> new Measure.Percentile(theProperty(), Objects.requireNonNull(percentile));
            case FORMULA -> new Measure.Formula(Objects.requireNonNull(formula).expression());
        };
    }

    private String theProperty() {
        return Objects.requireNonNull(property);
    }
}
