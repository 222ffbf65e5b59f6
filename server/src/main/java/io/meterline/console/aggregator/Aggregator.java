package io.meterline.console.aggregator;

import io.meterline.console.FilterWords;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An aggregator as the API shows it. */
public record Aggregator(
        String id,
        String name,
        String eventType,
        String operation,
        @Nullable String property,
        @Nullable JsonNode filter,
        @Nullable String unitName,
        @Nullable String percentile,
        boolean carryOver,
        @Nullable String formula,
        int version,
        String status,
        Instant createdAt,
        Instant updatedAt) {

    /** A page of them. */
    public record Listing(Meta meta, List<Aggregator> data) {}

    /** How many there are. */
    public record Meta(long total, @Nullable String nextCursor) {}

    public boolean archived() {
        return status.equals("archived");
    }

    /** What is computed, such as {@code sum of calls}. */
    public String computes() {
        return Operation.of(operation).words(property, percentile, formula);
    }

    /** Which events count, such as {@code status is premium}; empty for all of the type. */
    public String where() {
        return FilterWords.of(filter);
    }
}
