package io.meterline.ingest;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Gives one and the same String for the few texts that come again and again, and checks each of them once. */
final class TextCache {

    private static final int SLOTS = 64;

    private final @Nullable String[] slots = new @Nullable String[SLOTS];

    /** The text of these characters; {@code check} judges it unless it is known already. */
    String get(char[] characters, int offset, int length, UnaryOperator<String> check) {
        int slot = slot(characters, offset, length);
        String known = slots[slot];
        if (known != null && same(known, characters, offset, length)) {
            return known;
        }
        String text = check.apply(new String(characters, offset, length));
        slots[slot] = text;
        return text;
    }

    private static int slot(char[] characters, int offset, int length) {
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + characters[i];
        }
        return (hash ^ hash >>> 16) & SLOTS - 1;
    }

    private static boolean same(String known, char[] characters, int offset, int length) {
        if (known.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (known.charAt(i) != characters[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
