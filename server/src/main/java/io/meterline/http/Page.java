package io.meterline.http;

import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list a caller wants: so many, after so many or after a place.
 *
 * @param take 1..100
 * @param skip 0..10,000; 0 where there is a cursor
 * @param cursor the {@code next_cursor} of the part before, or null for the beginning
 */
public record Page(int take, int skip, @Nullable String cursor) {

    /** The query parameters of every list. */
    public static final List<String> PARAMETERS = List.of("take", "skip", "cursor");

    private static final int DEFAULT_TAKE = 50;
    private static final int MAX_TAKE = 100;
    private static final int MAX_SKIP = 10_000;

    /** Reads {@code take} with {@code skip} or {@code cursor}. */
    public static Page of(Query query) {
        int take = query.integer("take", DEFAULT_TAKE, 1, MAX_TAKE);
        int skip = query.integer("skip", 0, 0, MAX_SKIP);
        Optional<String> cursor = query.text("cursor");
        if (cursor.isPresent() && query.has("skip")) {
            throw new RuleException(Kind.INVALID, "invalid_parameter", "Give skip or cursor, not both.");
        }
        return new Page(take, skip, cursor.orElse(null));
    }

    /** The last item that the caller has, or null for the beginning; for lists whose cursor is a {@link Cursor}. */
    public @Nullable Cursor after() {
        return cursor == null ? null : Cursor.parse(cursor);
    }

    /** The answer for this part. */
    public <T> Listing<T> listing(long total, List<T> data, @Nullable String nextCursor) {
        return new Listing<>(new Listing.Meta(total, data.size(), skip, nextCursor), List.copyOf(data));
    }
}
