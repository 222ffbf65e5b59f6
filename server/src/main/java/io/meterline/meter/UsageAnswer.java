package io.meterline.meter;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A figure as it goes out.
 *
 * @param aggregatorId null for a definition that was only tried
 * @param from null in the mode {@code all_time}
 * @param to end of the period, not part of it
 * @param value null over no events, except 0 for counts
 * @param events how many events it counts
 * @param excluded events that passed the filter and could not be counted, by reason
 * @param coerced counted events of which a text was read as a number
 * @param groups a page of them, by value descending (null last), then by key
 * @param windows every one of the period, empty ones too
 * @param meta where the page of groups lies
 */
public record UsageAnswer(
        @Nullable String aggregatorId,
        @Nullable Instant from,
        Instant to,
        Mode mode,
        @Nullable String unitName,
        @Nullable BigDecimal value,
        long events,
        List<Excluded> excluded,
        Coerced coerced,
        List<Group> groups,
        List<Window> windows,
        GroupMeta meta) {

    public UsageAnswer {
        excluded = List.copyOf(excluded);
        groups = List.copyOf(groups);
        windows = List.copyOf(windows);
    }

    /** Events left out for one reason, such as {@link io.meterline.store.Measure#PROPERTY_MISSING}. */
    public record Excluded(String reason, long events) {}

    /** Events counted after a text was read as a number. */
    public record Coerced(long events) {}

    /** The figure of a part of the period. */
    public record Window(Instant from, Instant to, @Nullable BigDecimal value, long events) {}

    /**
     * The figure of one group.
     *
     * @param key value by name, in the order asked for; a customer also with its external id; null for events without
     *     the property
     */
    public record Group(
            Map<String, @Nullable String> key, @Nullable BigDecimal value, long events, List<Window> windows) {
        public Group {
            key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
            windows = List.copyOf(windows);
        }
    }

    /**
     * Where the page of groups lies among all of them.
     *
     * @param total how many groups there are
     * @param taken how many are here
     * @param nextCursor where the next page starts, null at the end
     */
    public record GroupMeta(
            long total, int taken, int skipped, @Nullable String nextCursor) {}
}
