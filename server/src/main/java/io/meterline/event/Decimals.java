package io.meterline.event;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** The limits and the canonical form of stored numbers. */
public final class Decimals {

    /** Most digits before the point. */
    public static final int MAX_INTEGER_DIGITS = 20;

    /** Most digits after the point; also the scale of a quotient (average, percentile, formula, weighted sum). */
    public static final int MAX_FRACTION_DIGITS = 18;

    private Decimals() {}

    /** The same number without trailing zeros after the point and without an exponent: 2500, 12.5, 0. */
    public static BigDecimal canonical(BigDecimal number) {
        if (number.scale() == 0) {
            return number;
        }
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** Plain text of {@link #canonical}, as it goes out in JSON and as it is compared when numbers meet text. */
    public static String text(BigDecimal number) {
        return canonical(number).toPlainString();
    }

    /** Digits before the point of a canonical number; 0 for numbers below one. */
    public static int integerDigits(BigDecimal canonical) {
        return Math.max(0, canonical.precision() - canonical.scale());
    }

    /** True when the number can be stored as it is. */
    public static boolean fits(BigDecimal number) {
        // Before anything expands it: 1e999999999 is ten characters of text and a gigabyte of digits.
        long leadingDigits = (long) number.precision() - number.scale();
        if (number.signum() != 0 && leadingDigits > MAX_INTEGER_DIGITS) {
            return false;
        }
        BigDecimal canonical = canonical(number);
        return integerDigits(canonical) <= MAX_INTEGER_DIGITS && canonical.scale() <= MAX_FRACTION_DIGITS;
    }

    /**
     * The number that a text stands for in numeric operations: {@code -?[0-9]+(\.[0-9]+)?} within the stored digits.
     * Anything else, also {@code 1e3}, {@code +1} and {@code .5}, is no number and gives null.
     */
    public static @Nullable BigDecimal ofPlainText(String text) {
        if (!isPlainDecimal(text)) {
            return null;
        }
        BigDecimal number = new BigDecimal(text);
        return fits(number) ? canonical(number) : null;
    }

    /** Numerator divided by denominator, rounded once: 18 fractional digits, half away from zero. */
    public static BigDecimal divide(BigDecimal numerator, BigDecimal denominator) {
        return canonical(numerator.divide(denominator, MAX_FRACTION_DIGITS, RoundingMode.HALF_UP));
    }

    private static boolean isPlainDecimal(String text) {
        int length = text.length();
        int start = length > 0 && text.charAt(0) == '-' ? 1 : 0;
        int point = -1;
        for (int i = start; i < length; i++) {
            char c = text.charAt(i);
            if (c == '.' && point < 0) {
                point = i;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        boolean digitsBefore = (point < 0 ? length : point) > start;
        boolean digitsAfter = point < 0 || point < length - 1;
        return digitsBefore && digitsAfter && length <= MAX_PLAIN_TEXT;
    }

    // Longer texts are no stored number even after leading and trailing zeros are dropped; also bounds the parse.
    private static final int MAX_PLAIN_TEXT = 200;
}
