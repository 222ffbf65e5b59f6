package io.meterline.event;

import java.util.random.RandomGenerator;

/**
 * Our own id of a customer: {@code cus_}, 25 random base-32 digits and a check digit.
 *
 * <p>The check digit lets a text of exactly this form be told from a company's own id that merely begins with
 * {@code cus_}.
 */
public final class CustomerId {

    private static final String PREFIX = "cus_";
    private static final int RANDOM_DIGITS = 25;
    private static final int LENGTH = PREFIX.length() + RANDOM_DIGITS + 1;

    private CustomerId() {}

    public static String next(RandomGenerator random) {
        StringBuilder id = new StringBuilder(LENGTH).append(PREFIX);
        for (int i = 0; i < RANDOM_DIGITS; i++) {
            id.append(Base32.digit(random.nextInt(32)));
        }
        return id.append(Base32.digit(check(id))).toString();
    }

    /** True when the text is one of our ids, right down to the check digit. */
    public static boolean isOne(String text) {
        if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
            return false;
        }
        for (int i = PREFIX.length(); i < LENGTH; i++) {
            if (Base32.value(text.charAt(i)) < 0) {
                return false;
            }
        }
        return text.charAt(LENGTH - 1) == Base32.digit(check(text));
    }

    // Odd weights are invertible modulo 32, so every single wrong digit changes the sum.
    private static int check(CharSequence id) {
        int sum = 0;
        for (int i = 0; i < RANDOM_DIGITS; i++) {
            sum += (2 * i + 1) * Base32.value(id.charAt(PREFIX.length() + i));
        }
        return sum & 31;
    }
}
