package io.meterline.console.event;

import io.meterline.http.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** An event that was refused, as the API has it. {@code raw} is what was sent, whole only when it is {@code complete}. */
public record Rejected(
        String id,
        String source,
        @Nullable String origin,
        Instant receivedAt,
        String code,
        String path,
        String message,
        @Nullable String eventType,
        @Nullable String customerId,
        String raw,
        boolean complete) {

    /** A page of them. {@code dropped} older ones are lost, because there were too many. */
    record Listed(Meta meta, List<Rejected> data) {}

    record Meta(long total, long dropped) {}

    public boolean isPulled() {
        return source.equals("loader");
    }

    /** What was sent on lines of its own, where it is JSON. */
    public String pretty() {
        try {
            return Text.pretty(Json.mapper().readTree(raw));
        } catch (JacksonException e) {
            return raw;
        }
    }
}
