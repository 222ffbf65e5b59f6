package io.meterline.loader;

import io.meterline.event.Environment;

/**
 * A query on a connection whose rows become events.
 *
 * @param id {@code ldr_…}
 * @param createdAtMicros µs since 1970
 * @param updatedAtMicros µs since 1970
 */
public record Loader(
        String id, Environment environment, LoaderDraft draft, long createdAtMicros, long updatedAtMicros) {}
