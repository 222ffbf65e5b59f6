package io.meterline.event;

import java.util.Optional;

/**
 * The identity of an event: 128 bits of SHA-256 over its key (see {@link EventKey}).
 *
 * <p>Its text is the {@code evt_…} id of the API, so a correction keeps its id.
 */
public record KeyHash(long high, long low) {

    private static final String PREFIX = "evt_";
    private static final int DIGITS = 26;

    /** {@code evt_} and 26 base-32 digits, the first of them 3 bits wide. */
    public String id() {
        char[] text = new char[PREFIX.length() + DIGITS];
        PREFIX.getChars(0, PREFIX.length(), text, 0);
        long upper = high;
        long lower = low;
        for (int i = text.length - 1; i >= PREFIX.length(); i--) {
            text[i] = Base32.digit((int) (lower & 31));
            lower = lower >>> 5 | upper << 59;
            upper >>>= 5;
        }
        return new String(text);
    }

    /** The hash that an {@code evt_…} id stands for, or empty when the text is no such id. */
    public static Optional<KeyHash> ofId(String id) {
        if (id.length() != PREFIX.length() + DIGITS || !id.startsWith(PREFIX)) {
            return Optional.empty();
        }
        long upper = 0;
        long lower = 0;
        for (int i = PREFIX.length(); i < id.length(); i++) {
            int value = Base32.value(id.charAt(i));
            boolean overflows = i == PREFIX.length() && value > 7;
            if (value < 0 || overflows) {
                return Optional.empty();
            }
            upper = upper << 5 | lower >>> 59;
            lower = lower << 5 | value;
        }
        return Optional.of(new KeyHash(upper, lower));
    }
}
