package io.meterline.meter;

import java.util.Locale;
import java.util.Optional;

/** What an aggregator computes over the events that pass its filter. The rules stand in {@link io.meterline.store.Measure}. */
public enum Operation {
    COUNT,
    SUM,
    MAX,
    MIN,
    AVERAGE,
    LATEST,
    COUNT_DISTINCT,
    WEIGHTED_SUM,
    PERCENTILE,
    FORMULA;

    /** The name in the API and in the database, as in {@code count_distinct}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True when it looks at one property, which must be named. */
    boolean needsProperty() {
        return switch (this) {
            case COUNT, FORMULA -> false;
            case SUM, MAX, MIN, AVERAGE, LATEST, COUNT_DISTINCT, WEIGHTED_SUM, PERCENTILE -> true;
        };
    }

    static Optional<Operation> of(String text) {
        for (Operation operation : values()) {
            if (operation.text().equals(text)) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }
}
