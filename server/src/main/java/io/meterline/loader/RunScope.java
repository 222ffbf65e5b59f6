package io.meterline.loader;

import org.jspecify.annotations.Nullable;

/**
 * Which rows a run is about.
 *
 * @param estimatedRows how many the source expects; null when it cannot tell
 * @param cursorBefore what {@code :cursor} was bound to; null for everything, and without a cursor
 * @param cursorAfter the saved cursor when the run succeeded
 * @param gapPossible whether more time had passed since the last success than the query looks back
 */
public record RunScope(
        @Nullable Long estimatedRows,
        @Nullable String cursorBefore,
        @Nullable String cursorAfter,
        boolean gapPossible) {

    static final RunScope UNKNOWN = new RunScope(null, null, null, false);

    RunScope after(@Nullable String cursor) {
        return new RunScope(estimatedRows, cursorBefore, cursor, gapPossible);
    }
}
