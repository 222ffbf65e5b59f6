package io.meterline.loader;

import io.meterline.event.RuleException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a loader reads only what is new.
 *
 * <p>Throws {@link RuleException} {@code invalid_cursor}.
 *
 * @param column of the result; its greatest value is where the next run goes on
 * @param initial what {@code :cursor} is in the first run; null for the least value of its type
 * @param overlap how far back of the greatest value a run begins: an ISO 8601 duration for times, a whole number for
 *     numbers; null for 10 minutes, or 0
 * @param fullReload how often a run reads everything again; null for never
 */
public record CursorRule(
        String column,
        @Nullable String initial,
        @Nullable String overlap,
        @Nullable Duration fullReload) {

    /** What {@code full_reload} is when there is none. */
    public static final String NEVER = "never";

    private static final int MAX_LENGTH = 255;
    private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");
    private static final Duration LEAST_FULL_RELOAD = Duration.ofMinutes(1);

    public CursorRule {
        require(!column.isBlank() && column.length() <= MAX_LENGTH, "cursor.column must name a column of the query.");
        require(initial == null || initial.length() <= MAX_LENGTH, "cursor.initial must be at most 255 characters.");
        require(
                overlap == null || WHOLE.matcher(overlap).matches() || isDuration(overlap),
                "cursor.overlap must be an ISO 8601 duration such as PT10M, or a whole number for a column of numbers.");
        require(
                fullReload == null || fullReload.compareTo(LEAST_FULL_RELOAD) >= 0,
                "cursor.full_reload must be an ISO 8601 duration of a minute or more, such as P7D, or never.");
    }

    /** Reads {@code full_reload}. Throws {@link RuleException} {@code invalid_cursor}. */
    public static @Nullable Duration fullReload(@Nullable String text) {
        if (text == null || text.equals(NEVER)) {
            return null;
        }
        require(isDuration(text), "cursor.full_reload must be an ISO 8601 duration such as P7D, or never.");
        return Duration.parse(text);
    }

    private static boolean isDuration(String text) {
        try {
            return !Duration.parse(text).isNegative();
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new RuleException(RuleException.Kind.INVALID, "invalid_cursor", message);
        }
    }
}
