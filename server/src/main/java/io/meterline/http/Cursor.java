package io.meterline.http;

import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A place in a sorted list: the sort value and the id of the last item that the caller has.
 *
 * <p>Its text is opaque to callers. It starts with a version, so that a later form can be told apart.
 *
 * @param sortValue the sort value as text, in a form that the list's own reader understands
 * @param id the id that orders items of equal sort value
 */
public record Cursor(String sortValue, String id) {

    private static final char VERSION = '1';
    private static final int MAX_TEXT = 2_048;

    public String text() {
        String plain = VERSION + Integer.toString(sortValue.length()) + ":" + sortValue + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** The sort value as a whole number, such as microseconds; 400 {@code invalid_cursor} when it is none. */
    public long sortNumber() {
        try {
            return Long.parseLong(sortValue);
        } catch (NumberFormatException e) {
            throw invalid();
        }
    }

    /** Throws {@link RuleException} {@code invalid_cursor} for anything but an unchanged text of a cursor. */
    public static Cursor parse(String text) {
        try {
            if (text.length() > MAX_TEXT) {
                throw invalid();
            }
            CharBuffer plain = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)));
            return parsePlain(plain.toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw invalid();
        }
    }

    private static Cursor parsePlain(String plain) {
        int colon = plain.indexOf(':');
        if (colon < 2 || plain.charAt(0) != VERSION) {
            throw invalid();
        }
        int length = Integer.parseInt(plain, 1, colon, 10);
        int from = colon + 1;
        if (length < 0 || length >= plain.length() - from) {
            throw invalid();
        }
        return new Cursor(plain.substring(from, from + length), plain.substring(from + length));
    }

    /** The error for a cursor that belongs to another list or was changed. */
    public static RuleException invalid() {
        return new RuleException(
                Kind.INVALID,
                "invalid_cursor",
                "The cursor is not one of this list; use meta.next_cursor unchanged and with the same filters.");
    }
}
