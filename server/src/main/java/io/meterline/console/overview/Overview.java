package io.meterline.console.overview;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What matters now. Every figure opens what is behind it.
 *
 * @param today events that happened since midnight UTC
 * @param todayHref those events
 * @param steps what to do first; empty once there are events
 * @param chart where the chart comes from
 */
public record Overview(
        long events,
        long today,
        String todayHref,
        long active,
        long pending,
        List<Customer> pendingCustomers,
        long rejected,
        List<Rejected> rejectedEvents,
        long loaders,
        List<Loader> troubled,
        long subscriptions,
        List<Step> steps,
        String chart) {

    /** A customer that was made by an event and waits for somebody to confirm it. */
    public record Customer(
            String id,
            @Nullable String externalId,
            @Nullable String name,
            Instant createdAt) {

        public String label() {
            return name != null ? name : externalId != null ? externalId : id;
        }
    }

    /** An event that was refused. */
    public record Rejected(
            String id,
            Instant receivedAt,
            String code,
            String message,
            @Nullable String eventType) {}

    /** A data loader that somebody should look at. */
    public record Loader(
            String id,
            String name,
            String health,
            @Nullable Instant failingSince,
            @Nullable Run lastRun) {

        public record Run(String id, @Nullable Note error) {}

        public record Note(String code, String message) {}

        public boolean isTroubled() {
            return !health.equals("ok");
        }

        public @Nullable String problem() {
            return lastRun == null || lastRun.error() == null
                    ? null
                    : lastRun.error().message();
        }
    }

    /**
     * One of the first steps.
     *
     * @param number counted from 1
     * @param done whether it was taken
     * @param href where it can be taken without the API
     * @param curl the request that takes it
     */
    public record Step(int number, String title, String text, boolean done, String label, String href, String curl) {}

    /** Whether nothing came yet, so that there is nothing to look at. */
    public boolean isEmpty() {
        return events == 0;
    }
}
