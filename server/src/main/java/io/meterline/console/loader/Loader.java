package io.meterline.console.loader;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A data loader as the API shows it. */
public record Loader(
        String id,
        String name,
        String connectionId,
        String eventType,
        String query,
        String refresh,
        @Nullable Cursor cursor,
        String identity,
        String excessProperties,
        String excessDigits,
        @Nullable Long maxRows,
        @Nullable Long maxBytes,
        String updatedAt,
        boolean paused,
        @Nullable Instant nextRunAt,
        String health,
        @Nullable Instant failingSince,
        @Nullable Run lastRun) {

    /** The newest first. */
    public record Listing(Meta meta, List<Loader> data) {}

    /**
     * How it reads only what is new.
     *
     * @param value from which the next run goes on
     */
    public record Cursor(
            String column,
            @Nullable String initial,
            @Nullable String overlap,
            String fullReload,
            @Nullable String value) {}

    public LoaderState state() {
        return LoaderState.of(this, lastRun);
    }

    /** In words. */
    public String rate() {
        return RefreshText.of(refresh);
    }

    /** Whether a run waits or goes on. */
    public boolean active() {
        return lastRun != null && lastRun.active();
    }
}
