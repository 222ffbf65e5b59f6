package io.meterline.store;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A figure, whole and in its parts.
 *
 * @param total over everything that was asked for
 * @param windows one for each window asked for, in order
 * @param groups one for each group with counted events in the period (for a weighted sum that carries over, also those
 *     with counted events only before it), in no order; empty when nothing was asked to be grouped
 * @param excluded events of the period that passed the filter but could not be counted, by reason of {@link Measure};
 *     only reasons that occur
 * @param coerced counted events of the period of which a text was read as a number
 */
public record UsageResult(
        Cell total, List<Cell> windows, List<Group> groups, Map<String, Long> excluded, long coerced) {

    public UsageResult {
        windows = List.copyOf(windows);
        groups = List.copyOf(groups);
        excluded = Map.copyOf(excluded);
    }

    /**
     * One figure.
     *
     * @param value null over no events, except 0 for counts and as {@link Measure.WeightedSum} says
     * @param events how many events it counts
     */
    public record Cell(@Nullable BigDecimal value, long events) {}

    /**
     * The figure of one group.
     *
     * @param key in the order of {@link UsageQuery#groupBy}: a customer's number in digits, a property's canonical text,
     *     or null for events without that property
     */
    public record Group(List<@Nullable String> key, Cell total, List<Cell> windows) {
        public Group {
            windows = List.copyOf(windows);
        }
    }
}
