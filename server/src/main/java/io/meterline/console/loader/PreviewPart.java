package io.meterline.console.loader;

import org.jspecify.annotations.Nullable;

/**
 * What comes of trying a query.
 *
 * @param preview null when the source refused it
 * @param fault null when it did not
 */
public record PreviewPart(
        @Nullable Preview preview, @Nullable QueryFault fault, Checklist checklist) {}
