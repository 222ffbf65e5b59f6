package io.meterline.loader;

import io.meterline.event.Environment;
import io.meterline.loader.source.SourceAddress;

/**
 * A source database that loaders may query.
 *
 * @param id {@code con_…}
 * @param address with the password in clear; its text is masked
 * @param createdAtMicros µs since 1970
 */
public record SourceConnection(
        String id, Environment environment, String name, SourceAddress address, long createdAtMicros) {}
