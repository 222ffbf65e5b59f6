package io.meterline.ingest;

import io.meterline.event.Environment;
import io.meterline.event.Source;
import org.jspecify.annotations.Nullable;

/**
 * A kept rejection.
 *
 * @param number its place in the order of arrival
 * @param origin the import or the run it belongs to, null for pushed events
 * @param receivedAtMicros µs since 1970
 */
public record RejectedEvent(
        long number,
        Environment environment,
        Source source,
        @Nullable String origin,
        Rejection rejection,
        long receivedAtMicros) {}
