package io.meterline.ingest;

import org.jspecify.annotations.Nullable;

/**
 * An event that broke a rule, and where it stands in the bytes it was read from.
 *
 * @param index its place in the request, from 0
 * @param start offset of its first byte
 * @param end offset behind its last byte
 * @param eventType its type, where it has a valid one
 * @param customer its customer's id as sent, where it has a valid one
 */
public record RefusedEvent(
        int index,
        EventError error,
        int start,
        int end,
        @Nullable String eventType,
        @Nullable String customer) {}
