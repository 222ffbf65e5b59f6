package io.meterline.console.aggregator;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What can be computed over events, as people read it. */
public enum Operation {
    COUNT("Count", "How many events there are"),
    SUM("Sum", "A property added up"),
    MAX("Maximum", "The greatest value of a property"),
    MIN("Minimum", "The least value of a property"),
    AVERAGE("Average", "The mean of a property"),
    LATEST("Latest", "The value of the latest event"),
    COUNT_DISTINCT("Count distinct", "How many different values, such as users"),
    WEIGHTED_SUM("Weighted sum", "A level that events change, averaged over time"),
    PERCENTILE("Percentile", "The value that a share of events stays below"),
    FORMULA("Formula", "Computed for each event, then added up");

    private final String title;
    private final String hint;

    Operation(String title, String hint) {
        this.title = title;
        this.hint = hint;
    }

    /** By the text of the API; a count when it is none. */
    public static Operation of(String text) {
        for (Operation operation : values()) {
            if (operation.text().equals(text)) {
                return operation;
            }
        }
        return COUNT;
    }

    /** As the API writes it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    public String hint() {
        return hint;
    }

    public boolean needsProperty() {
        return this != COUNT && this != FORMULA;
    }

    /** Whether the figures of parts add up to that of the whole, so that a part has a share of it. */
    public boolean addsUp() {
        return this == COUNT || this == SUM || this == FORMULA;
    }

    /** Whether there is a figure over everything ever sent; an average over time has none. */
    public boolean hasAllTime() {
        return this != WEIGHTED_SUM;
    }

    String words(@Nullable String property, @Nullable String percentile, @Nullable String formula) {
        return switch (this) {
            case COUNT -> "count";
            case FORMULA -> "sum of " + formula;
            case COUNT_DISTINCT -> "distinct " + property;
            case PERCENTILE -> "percentile " + percentile + " of " + property;
            case WEIGHTED_SUM -> "level of " + property + " over time";
            case SUM, MAX, MIN, AVERAGE, LATEST -> title.toLowerCase(Locale.ROOT) + " of " + property;
        };
    }
}
