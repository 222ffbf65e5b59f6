package io.meterline.console.subscription;

import io.meterline.console.Pager;
import io.meterline.console.subscription.StatementPage.AdjustmentRow;
import io.meterline.console.subscription.StatementPage.LineRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The events behind a line or an adjustment. One of the two is null.
 *
 * @param events null for a flat fee, which stands on none
 */
public record Evidence(
        @Nullable LineRow line,
        @Nullable AdjustmentRow adjustment,
        @Nullable List<Event> events,
        long total,
        @Nullable Pager pager,
        String curl) {

    private static final int MOST_PROPERTIES = 3;

    /** An event, as the API answers it. */
    public record Event(
            String id,
            String eventType,
            @Nullable String externalCustomerId,
            Instant timestamp,
            String recordId,
            JsonNode record) {

        /** The first properties besides the id. */
        public List<Property> properties() {
            List<Property> properties = new ArrayList<>();
            record.properties().forEach(entry -> {
                if (!entry.getKey().equals("id") && properties.size() < MOST_PROPERTIES) {
                    JsonNode value = entry.getValue();
                    properties.add(
                            new Property(entry.getKey(), value.isString() ? value.asString() : value.toString()));
                }
            });
            return properties;
        }
    }

    /** A property of an event. */
    public record Property(String name, String value) {}

    /** A page of them. */
    record Listing(Meta meta, List<Event> data) {}

    /** Where it stands. */
    record Meta(long total, @Nullable String nextCursor) {}
}
