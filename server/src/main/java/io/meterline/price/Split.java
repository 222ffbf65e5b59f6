package io.meterline.price;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What usage is split by before it is priced: each group and each window is priced alone, terms included, and the amounts
 * are added.
 *
 * @param groupBy names of properties
 * @param window null for none
 */
public record Split(List<String> groupBy, @Nullable Window window) {

    /** All of the usage at once. */
    public static final Split NONE = new Split(List.of(), null);

    public Split {
        groupBy = List.copyOf(groupBy);
    }

    /** A part of the calendar, in the time zone of the subscription. */
    public enum Window {
        HOUR,
        DAY,
        WEEK,
        MONTH
    }
}
