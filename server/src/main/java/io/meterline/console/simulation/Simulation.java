package io.meterline.console.simulation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A simulation, as the API answers it. */
public record Simulation(
        String id,
        String status,
        Progress progress,
        String productId,
        int productVersion,
        JsonNode baseline,
        List<JsonNode> candidates,
        JsonNode customers,
        int periods,
        String by,
        String timeZone,
        String currency,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Failure error,
        @Nullable Result result) {

    public record Progress(int percent, long customers) {}

    public record Failure(String code, String message) {}

    /** A part of a list. */
    public record Listing(Meta meta, List<Simulation> data) {}

    public record Meta(long total) {}

    public record Result(
            @Nullable Instant from,
            @Nullable Instant to,
            long simulated,
            long periods,
            boolean approximate,
            List<Skipped> skipped,
            List<Excluded> excluded,
            Scenario baseline,
            List<Candidate> candidates,
            List<Month> series) {

        public BigDecimal quantity() {
            return series.stream().map(Month::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    public record Skipped(String reason, long count) {}

    public record Excluded(String reason, long events) {}

    public record Scenario(BigDecimal amount, long unpricedEvents) {}

    public record Candidate(
            String name,
            BigDecimal amount,
            long unpricedEvents,
            BigDecimal difference,
            @Nullable BigDecimal differencePercent,
            Share winners,
            Share losers,
            long unchanged,
            List<Bin> distribution,
            Share fromZero) {}

    public record Share(long count, BigDecimal difference) {}

    public record Bin(
            @Nullable BigDecimal fromPercent, @Nullable BigDecimal toPercent, long count, BigDecimal difference) {}

    public record Month(
            String month, long periods, BigDecimal quantity, BigDecimal baseline, List<MonthAmount> candidates) {}

    public record MonthAmount(String name, BigDecimal amount, BigDecimal difference) {}

    /** What customers pay. */
    public record Customers(Meta meta, List<Customer> data) {}

    public record Customer(
            String customerId,
            @Nullable String externalCustomerId,
            @Nullable String subscriptionId,
            int periodCount,
            BigDecimal quantity,
            BigDecimal baseline,
            List<Amount> candidates,
            @Nullable List<Span> periods) {}

    public record Amount(
            String name,
            BigDecimal amount,
            BigDecimal difference,
            @Nullable BigDecimal differencePercent,
            String change) {}

    public record Span(
            Instant from, Instant to, BigDecimal quantity, long events, BigDecimal baseline, List<Amount> candidates) {}

    /** One that is answered at once. */
    public record DryRun(
            String productId,
            int productVersion,
            String currency,
            @Nullable Result result,
            List<Customer> customers,
            List<Tried> quantities) {}

    public record Tried(BigDecimal quantity, BigDecimal baseline, List<Amount> candidates) {}

    public boolean isOver() {
        return !status.equals("queued") && !status.equals("running");
    }

    /** The names of its candidates. */
    public List<String> names() {
        return candidates.stream()
                .map(candidate -> candidate.path("name").asString(""))
                .toList();
    }

    /** For a badge. */
    public String tone() {
        return switch (status) {
            case "succeeded" -> "ok";
            case "failed" -> "bad";
            case "running" -> "info";
            default -> "";
        };
    }
}
