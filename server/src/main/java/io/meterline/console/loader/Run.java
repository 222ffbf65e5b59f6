package io.meterline.console.loader;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One execution of a data loader as the API shows it. */
public record Run(
        String id,
        String status,
        int attempt,
        boolean fullReload,
        @Nullable Long estimatedRows,
        long rowsRead,
        long rowsWritten,
        long rowsCreated,
        long rowsCorrected,
        long rowsUnchanged,
        long rowsIgnored,
        long rowsRepeated,
        long rowsSetAside,
        long numbersRounded,
        long customersCreated,
        @Nullable Long rowsPerSecond,
        Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Note error,
        List<Note> warnings,
        @Nullable String cursorBefore,
        @Nullable String cursorAfter) {

    private static final long MILLIS_PER_SECOND = 1_000;
    private static final long SECONDS_PER_MINUTE = 60;

    /** The newest first. */
    public record Listing(Meta meta, List<Run> data) {}

    /** Whether it waits or goes on. */
    public boolean active() {
        return finishedAt == null;
    }

    public boolean failed() {
        return status.equals("failed");
    }

    public boolean succeeded() {
        return status.equals("succeeded");
    }

    /** When it began, or was asked for. */
    public Instant began() {
        return startedAt == null ? queuedAt : startedAt;
    }

    /** The tone of its badge. */
    public String tone() {
        return switch (status) {
            case "succeeded" -> rowsSetAside > 0 ? "warn" : "ok";
            case "failed" -> "bad";
            case "running" -> "info";
            default -> "";
        };
    }

    /** How many rows there will be; null when nobody knows, or when there are more already. */
    public @Nullable Long expected() {
        return estimatedRows == null || estimatedRows < rowsRead ? null : estimatedRows;
    }

    /** How long it took, as in {@code 1 min 4 s}; empty while it goes on. */
    public String took() {
        if (startedAt == null || finishedAt == null) {
            return "";
        }
        Duration took = Duration.between(startedAt, finishedAt);
        if (took.toMillis() < MILLIS_PER_SECOND) {
            return took.toMillis() + " ms";
        }
        return took.toSeconds() < SECONDS_PER_MINUTE
                ? took.toSeconds() + " s"
                : took.toMinutes() + " min " + took.toSecondsPart() + " s";
    }
}
