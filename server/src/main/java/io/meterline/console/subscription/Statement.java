package io.meterline.console.subscription;

import io.meterline.console.subscription.Subscription.Span;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A statement, as the API answers it. */
public record Statement(
        String id,
        String subscriptionId,
        String customerId,
        @Nullable String externalCustomerId,
        int number,
        String status,
        Span period,
        String currency,
        String timeZone,
        List<Line> lines,
        List<Adjustment> adjustments,
        BigDecimal total,
        @Nullable Instant measuredAt,
        @Nullable Instant closedAt) {

    /** What a product, or one price of it, comes to. */
    public record Line(
            int line,
            String productId,
            int productVersion,
            String productName,
            @Nullable String aggregatorId,
            @Nullable String unitName,
            @Nullable JsonNode filter,
            @Nullable JsonNode price,
            @Nullable BigDecimal proratedBy,
            @Nullable BigDecimal quantity,
            long events,
            List<Excluded> excluded,
            boolean unpriced,
            @Nullable BigDecimal exactAmount,
            BigDecimal amount,
            List<Part> breakdown) {

        /** Events that could not be counted. */
        public long excludedEvents() {
            return excluded.stream().mapToLong(Excluded::events).sum();
        }

        /** Whether there is more to its breakdown than the line itself says. */
        public boolean hasParts() {
            return breakdown.size() > 1;
        }
    }

    /** How many events could not be counted for a reason. */
    public record Excluded(String reason, long events) {
        /** The reason in words. */
        public String words() {
            return reason.replace('_', ' ');
        }
    }

    /** What adds to an amount. */
    public record Part(
            String kind,
            @Nullable Integer tier,
            @Nullable BigDecimal quantity,
            @Nullable BigDecimal unitAmount,
            @Nullable BigDecimal flatAmount,
            BigDecimal amount) {}

    /** What a closed period is charged or credited since. */
    public record Adjustment(
            int adjustment,
            String statementId,
            Span period,
            String productId,
            String productName,
            BigDecimal billed,
            BigDecimal due,
            BigDecimal amount) {}

    /** A page of them. */
    record Listing(Subscription.Meta meta, List<Statement> data) {}

    public boolean isClosed() {
        return status.equals("closed");
    }

    /** Whether it has no period of its own, and only settles what came after the end. */
    public boolean isAfterTheEnd() {
        return period.from().equals(period.to());
    }

    /** All lines without the adjustments. */
    public BigDecimal ofLines() {
        return lines.stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** All adjustments. */
    public BigDecimal ofAdjustments() {
        return adjustments.stream().map(Adjustment::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public Optional<Line> line(int number) {
        return lines.stream().filter(line -> line.line() == number).findFirst();
    }

    public Optional<Adjustment> adjustment(int number) {
        return adjustments.stream().filter(one -> one.adjustment() == number).findFirst();
    }

    /** The id of another statement of this subscription. */
    String idOf(int other) {
        return id.substring(0, id.lastIndexOf('_') + 1) + other;
    }
}
