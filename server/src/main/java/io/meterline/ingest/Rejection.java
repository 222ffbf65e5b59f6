package io.meterline.ingest;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Something that was refused, as it is kept to be looked at and tried again.
 *
 * @param code stable and snake_case, of {@link EventErrorCode}
 * @param path where in the event; empty for all of it
 * @param message what is wrong and what to do, for a person
 * @param eventType where it is known
 * @param customerId the customer's id as sent, where it is known
 * @param raw what was sent, its first 8 KiB
 * @param complete false when more was sent than is kept
 */
public record Rejection(
        String code,
        String path,
        String message,
        @Nullable String eventType,
        @Nullable String customerId,
        String raw,
        boolean complete) {

    private static final int MAX_RAW_BYTES = 8 * 1024;

    /** An event that was refused, out of the bytes it came in. */
    public static Rejection of(RefusedEvent event, byte[] body) {
        int length = event.end() - event.start();
        int kept = length <= MAX_RAW_BYTES ? length : wholeCharacters(body, event.start());
        return new Rejection(
                event.error().code().text(),
                event.error().path(),
                event.error().message(),
                event.eventType(),
                event.customer(),
                new String(body, event.start(), kept, StandardCharsets.UTF_8),
                kept == length);
    }

    /** Something refused elsewhere, such as a row of a loader, written as JSON. */
    public static Rejection of(EventError error, @Nullable String eventType, @Nullable String customerId, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return of(new RefusedEvent(0, error, 0, bytes.length, eventType, customerId), bytes);
    }

    // Does not cut a character in two: bytes of the form 10xxxxxx belong to the one before.
    private static int wholeCharacters(byte[] body, int start) {
        int length = MAX_RAW_BYTES;
        while (length > MAX_RAW_BYTES - 4 && (body[start + length] & 0xC0) == 0x80) {
            length--;
        }
        return length;
    }
}
