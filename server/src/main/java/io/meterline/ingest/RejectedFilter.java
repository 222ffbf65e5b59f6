package io.meterline.ingest;

import io.meterline.event.Period;
import io.meterline.event.Source;
import org.jspecify.annotations.Nullable;

/** Which rejected events to list; null for all. */
public record RejectedFilter(
        @Nullable String code,
        @Nullable Source source,
        @Nullable String origin,
        @Nullable String eventType,
        @Nullable String customerId,
        Period received) {

    /** All of them. */
    public static final RejectedFilter NONE = new RejectedFilter(null, null, null, null, null, Period.ALWAYS);
}
