package io.meterline.store;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an event type.
 *
 * @param events current records
 * @param firstSeenMicros least timestamp, null without events
 * @param lastSeenMicros greatest timestamp, null without events
 * @param properties all that arrived, in no order, without {@code id}; they stay when the events that had them are gone
 */
public record EventTypeSummary(
        String name,
        long events,
        @Nullable Long firstSeenMicros,
        @Nullable Long lastSeenMicros,
        List<PropertySummary> properties) {

    public EventTypeSummary {
        properties = List.copyOf(properties);
    }

    /** A property and the kinds of value it arrived with. */
    public record PropertySummary(String name, Set<Kind> kinds) {
        public PropertySummary {
            kinds = Set.copyOf(kinds);
        }
    }

    /** A kind of value. A property that has only been null so far has none. */
    public enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        ARRAY
    }
}
