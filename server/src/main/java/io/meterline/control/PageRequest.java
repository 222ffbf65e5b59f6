package io.meterline.control;

import io.meterline.event.RuleException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a listing is wanted: {@code take} and either {@code skip} or {@code cursor}.
 *
 * <p>Throws {@code RuleException} ({@code invalid_take}, {@code invalid_skip}, {@code invalid_cursor}) for values out of
 * range.
 *
 * @param take 1..100
 * @param skip 0..10,000, and 0 with a cursor
 * @param cursor the {@code next_cursor} of the page before, null for the start
 */
public record PageRequest(int take, int skip, @Nullable String cursor) {

    /** Taken when nothing is said. */
    public static final int DEFAULT_TAKE = 50;

    private static final int MAX_TAKE = 100;
    private static final int MAX_SKIP = 10_000;

    /** The first page of the usual size. */
    public static final PageRequest FIRST = new PageRequest(DEFAULT_TAKE, 0, null);

    public PageRequest {
        if (take < 1 || take > MAX_TAKE) {
            throw invalid("invalid_take", "take must be from 1 to 100. Ask for the rest with next_cursor.");
        }
        if (skip < 0 || skip > MAX_SKIP) {
            throw invalid("invalid_skip", "skip must be from 0 to 10000. Go on from there with next_cursor.");
        }
        if (cursor != null && skip != 0) {
            throw invalid("invalid_cursor", "Give either skip or cursor, not both.");
        }
        positionOf(cursor);
    }

    /** The row number that the page starts behind, null for the start. */
    public @Nullable Long position() {
        return positionOf(cursor);
    }

    /** The cursor that stands for a row number. */
    public static String cursorAfter(long number) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
    }

    private static @Nullable Long positionOf(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return Long.valueOf(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw invalid("invalid_cursor", "cursor must be the next_cursor of an earlier answer, unchanged.");
        }
    }

    private static RuleException invalid(String code, String message) {
        return new RuleException(RuleException.Kind.INVALID, code, message);
    }
}
