package io.meterline.access;

import io.meterline.event.Environment;
import org.jspecify.annotations.Nullable;

/**
 * Something that was changed.
 *
 * @param environment null for what belongs to none, as people
 * @param method of the request, as in {@code PUT}
 * @param path of the request without its query
 * @param action in words or as a route: {@code PUT /v1/products/{id}}
 * @param target the id of the thing; null where there is none
 * @param requestId null without a request
 * @param before the JSON of the thing as it was; null where there was none
 * @param after the JSON of the thing as it is; null where there is none any more
 */
public record AuditChange(
        AuditActor actor,
        @Nullable Environment environment,
        String method,
        String path,
        String action,
        @Nullable String target,
        @Nullable String requestId,
        @Nullable String before,
        @Nullable String after) {}
