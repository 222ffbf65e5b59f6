package io.meterline.store.duckdb;

import org.jspecify.annotations.Nullable;

/**
 * What a complete generation of recent tables holds of one event type.
 *
 * @param layout the type as it was when the generation was complete
 * @param rows the table of its rows, null when it has none
 * @param columns how many of the layout's columns that table has
 * @param dead the table of sequences that the generation's events have beaten, null when there is none
 */
record GenerationPart(
        TypeLayout layout,
        @Nullable String rows,
        int columns,
        @Nullable String dead) {}
