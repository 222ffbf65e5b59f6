package io.meterline.console.subscription;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A subscription, as the API answers it. */
public record Subscription(
        String id,
        String customerId,
        @Nullable String externalCustomerId,
        @Nullable String externalId,
        String currency,
        List<OnProduct> products,
        Instant startsAt,
        @Nullable Instant endsAt,
        Interval interval,
        Instant anchor,
        String timeZone,
        String metering,
        String closeAfter,
        boolean prorateFlatFees,
        String status,
        @Nullable Instant canceledAt,
        @Nullable Span currentPeriod,
        @Nullable Terms nextChange,
        Instant createdAt) {

    /** A product that it is on. */
    public record OnProduct(String productId, @Nullable List<Override> overrides) {
        /** Its prices for this subscription alone. */
        public List<Override> ownPrices() {
            return overrides == null ? List.of() : overrides;
        }
    }

    /** A price for this subscription alone. */
    public record Override(@Nullable JsonNode filter, JsonNode price) {}

    /** A period, half-open. */
    public record Span(Instant from, Instant to) {}

    /** What holds from a time on. */
    public record Terms(Instant effectiveAt, Interval interval, Instant anchor, List<OnProduct> products) {}

    /** A page of them. */
    record Listing(Meta meta, List<Subscription> data) {}

    /** How many there are. */
    record Meta(long total) {}

    /** All terms over time. */
    record TermsList(List<Terms> data) {}

    public boolean isActive() {
        return status.equals("active");
    }

    public boolean isScheduled() {
        return status.equals("scheduled");
    }

    public boolean hasEnded() {
        return status.equals("ended");
    }

    /** Whether it has an end that lies ahead. */
    public boolean isEnding() {
        return endsAt != null && !hasEnded();
    }

    /** A time in its own time zone. */
    public String moment(Instant time) {
        return Dates.moment(time, timeZone);
    }

    /** A period in its own time zone. */
    public String period(Span span) {
        return Dates.period(span, timeZone);
    }

    /** The tone of its badge. */
    public String tone() {
        return isActive() ? "ok" : isScheduled() ? "info" : "";
    }
}
