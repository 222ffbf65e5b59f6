package io.meterline.event;

import java.util.Arrays;

/** Lower-case base 32 of RFC 4648 without padding, for ids: the letters a to z and the digits 2 to 7. */
final class Base32 {

    private static final char[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();
    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < ALPHABET.length; i++) {
            VALUES[ALPHABET[i]] = (byte) i;
        }
    }

    private Base32() {}

    static char digit(int value) {
        return ALPHABET[value];
    }

    /** The value of a digit, or -1 when it is none. */
    static int value(char digit) {
        return digit < VALUES.length ? VALUES[digit] : -1;
    }
}
