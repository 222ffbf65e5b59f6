package io.meterline.meter;

import org.jspecify.annotations.Nullable;

/**
 * Which groups of an answer are wanted.
 *
 * @param take 1..100
 * @param skip 0..10,000, counted from the cursor if there is one
 * @param cursor the {@code next_cursor} of the page before, null for the start
 */
public record GroupPage(int take, int skip, @Nullable String cursor) {

    /** The first page, as large as one can be. */
    public static final GroupPage FIRST = new GroupPage(100, 0, null);
}
