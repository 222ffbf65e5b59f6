package io.meterline.console;

import org.jspecify.annotations.Nullable;

/**
 * Where a list stands. {@code first} and {@code last} count from one; {@code total} is null where nobody counted.
 * An address that is null is a button that cannot be pressed.
 */
public record Pager(
        long first,
        long last,
        @Nullable Long total,
        @Nullable String previous,
        @Nullable String next) {}
