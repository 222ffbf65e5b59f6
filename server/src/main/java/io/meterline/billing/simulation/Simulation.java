package io.meterline.billing.simulation;

import io.meterline.event.Environment;
import java.util.Currency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A simulation that was asked for, and what became of it.
 *
 * @param productVersion of the product when it was asked for
 * @param percent how much of the work is done, 0 to 100
 * @param customersDone how many customers were looked at
 * @param createdAtMicros when it was asked for, which decides what periods are complete
 * @param result see {@link ResultJson}; null until it has succeeded
 * @param error why it failed or ended early; null for others
 */
public record Simulation(
        String id,
        Environment environment,
        Status status,
        SimulationRequest request,
        int productVersion,
        Currency currency,
        int percent,
        long customersDone,
        long createdAtMicros,
        @Nullable Long startedAtMicros,
        @Nullable Long finishedAtMicros,
        @Nullable ObjectNode result,
        @Nullable Failure error) {

    /** Where it stands. */
    public enum Status {
        QUEUED,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED;

        /** The name in the API. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        public boolean isOver() {
            return this != QUEUED && this != RUNNING;
        }
    }

    /** A stable code and a sentence. */
    public record Failure(String code, String message) {

        static final Failure CANCELLED =
                new Failure("cancelled", "The simulation was cancelled; nothing of it was kept.");
    }

    Simulation at(Status now, int percentDone, long customers) {
        return new Simulation(
                id,
                environment,
                now,
                request,
                productVersion,
                currency,
                percentDone,
                customers,
                createdAtMicros,
                startedAtMicros,
                finishedAtMicros,
                result,
                error);
    }
}
