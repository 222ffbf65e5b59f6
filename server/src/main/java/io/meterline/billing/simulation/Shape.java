package io.meterline.billing.simulation;

import io.meterline.billing.line.LineTerms;
import io.meterline.billing.line.MeasuredUsage;
import io.meterline.price.Price;
import io.meterline.price.Split;
import io.meterline.store.EventAmounts;
import io.meterline.store.Filter;
import io.meterline.store.Measure;
import org.jspecify.annotations.Nullable;

/**
 * How the usage of a line is measured. Lines of one shape, of whatever prices, are one question to the store.
 *
 * @param filter which events count
 * @param split what they are split by
 * @param byEvent whether the amount of each event is asked for too
 */
record Shape(String eventType, Measure measure, Filter filter, Split split, boolean byEvent) {

    /** How a line is measured; null for a flat fee. */
    static @Nullable Shape of(LineTerms line) {
        MeasuredUsage usage = line.usage();
        if (usage == null) {
            return null;
        }
        Price price = line.price();
        return new Shape(
                usage.definition().eventType(),
                usage.definition().measure(),
                usage.filter(),
                price == null ? Split.NONE : price.split(),
                price != null && price.pricesEvents());
    }

    /** The same without the amounts of events. */
    Shape ofQuantity() {
        return byEvent ? new Shape(eventType, measure, filter, split, false) : this;
    }

    /** Whether the amount of each event is asked for where events have none. */
    boolean lacksAmounts() {
        return byEvent && !EventAmounts.in(measure);
    }

    /** Whether all records before a time can be counted so. */
    boolean canBeAllTime() {
        return split.window() == null && !(measure instanceof Measure.WeightedSum);
    }

    /** Whether one question can be about many periods: not where the level of one goes on in the next. */
    boolean canBeWindowed() {
        return !(measure instanceof Measure.WeightedSum);
    }
}
