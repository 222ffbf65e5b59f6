package io.meterline.console.loader;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file and what became of its events, as the API shows it. */
public record Import(
        String id,
        String status,
        String fileName,
        String type,
        boolean partial,
        boolean replace,
        long bytes,
        int percent,
        long eventsRead,
        long eventsCreated,
        long eventsCorrected,
        long eventsIgnored,
        long eventsFailed,
        long customersCreated,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Note error,
        @Nullable List<LineError> errors) {

    private static final long KIB = 1_024;
    private static final long TENTHS = 10;

    /** The newest first. */
    public record Listing(Meta meta, List<Import> data) {}

    /** An event that breaks a rule. */
    public record LineError(long line, String code, String path, String message) {}

    public boolean active() {
        return finishedAt == null;
    }

    /** The tone of its badge. */
    public String tone() {
        return switch (status) {
            case "succeeded" -> eventsFailed > 0 ? "warn" : "ok";
            case "failed" -> "bad";
            case "validating", "importing" -> "info";
            default -> "";
        };
    }

    /** In words. */
    public String label() {
        return switch (status) {
            case "validating" -> "checking";
            case "importing" -> "storing";
            default -> status;
        };
    }

    /** As in {@code 1.4 MiB}. */
    public String size() {
        if (bytes < KIB) {
            return bytes + " B";
        }
        long unit = bytes < KIB * KIB ? KIB : bytes < KIB * KIB * KIB ? KIB * KIB : KIB * KIB * KIB;
        long tenths = bytes * TENTHS / unit;
        String name = unit == KIB ? " KiB" : unit == KIB * KIB ? " MiB" : " GiB";
        return tenths / TENTHS + (tenths % TENTHS == 0 ? "" : "." + tenths % TENTHS) + name;
    }
}
