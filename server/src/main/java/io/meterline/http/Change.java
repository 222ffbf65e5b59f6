package io.meterline.http;

import io.meterline.access.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Something that a caller changed, for the audit log.
 *
 * @param route the path with {@code {name}} where a part varies, after its method: {@code PUT /v1/products/{id}}
 * @param path as it was sent, without its query
 * @param before the JSON of the thing as it was read; null where it did not exist or is none
 * @param after the same afterwards; of something new, the answer without its secrets
 */
public record Change(
        Principal who,
        String requestId,
        String route,
        String path,
        @Nullable String before,
        @Nullable String after) {}
