package io.meterline.console.loader;

import io.meterline.console.Formats;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run and the rows that it set aside.
 *
 * @param aside up to 50 of them, the newest first
 */
public record RunPage(
        Loader loader,
        Run run,
        List<Aside> aside,
        long asideTotal,
        String path,
        String loaderPath,
        String rejectedPath,
        String eventsPath,
        String curl) {

    /** Of the rejected events. */
    public record Asides(Meta meta, List<Aside> data) {}

    /** A row that broke a rule. */
    public record Aside(
            String id,
            Instant receivedAt,
            String code,
            String path,
            String message,
            @Nullable String customerId,
            String raw) {}

    /** How many were written, in words. */
    public String written() {
        return Formats.number(run.rowsWritten());
    }
}
