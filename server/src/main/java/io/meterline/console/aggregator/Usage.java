package io.meterline.console.aggregator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an aggregator measured.
 *
 * @param value null over no events, except 0 for counts
 * @param error why there is no figure; then everything else is missing
 */
public record Usage(
        @Nullable String aggregatorId,
        @Nullable String unitName,
        @Nullable BigDecimal value,
        @Nullable Long events,
        @Nullable List<Excluded> excluded,
        @Nullable Coerced coerced,
        @Nullable List<Group> groups,
        @Nullable List<Window> windows,
        @Nullable Meta meta,
        @Nullable Fault error) {

    /** A page of what aggregators measured of a customer. */
    public record Listing(List<Usage> data) {}

    /** Events that passed the filter and could not be counted. */
    public record Excluded(String reason, long events) {

        /** The reason as a sentence goes on after "3 events". */
        public String words() {
            return switch (reason) {
                case "property_missing" -> "without the property";
                case "property_not_numeric" -> "whose property is not a number";
                case "division_by_zero" -> "that divide by zero";
                default -> reason.replace('_', ' ');
            };
        }
    }

    /** Events of which a text was read as a number. */
    public record Coerced(long events) {}

    /** The figure of a part of the period. */
    public record Window(Instant from, Instant to, @Nullable BigDecimal value, long events) {}

    /** The figure of a group. */
    public record Group(
            Map<String, @Nullable String> key, @Nullable BigDecimal value, long events, List<Window> windows) {}

    /** How many groups there are. */
    public record Meta(long total) {}

    /** Why there is no figure. */
    public record Fault(String code, String message) {}

    public long counted() {
        return events == null ? 0 : events;
    }

    public List<Window> parts() {
        return windows == null ? List.of() : windows;
    }

    public List<Group> rows() {
        return groups == null ? List.of() : groups;
    }

    public List<Excluded> left() {
        return excluded == null ? List.of() : excluded;
    }
}
