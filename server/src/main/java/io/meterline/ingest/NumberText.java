package io.meterline.ingest;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Reads long and exponential JSON numbers in linear time, into a decimal of bounded size. */
final class NumberText {

    // One digit more than can be stored (20 + 18) decides the rounding, one more is spare.
    private static final int MAX_DIGITS = 40;
    private static final long MAX_EXPONENT = 1_000_000_000L;

    private final StringBuilder digits = new StringBuilder(MAX_DIGITS + 2);
    private boolean cutNonZero;
    private long exponent;

    private NumberText() {}

    /**
     * The number, exact when it has at most 40 significant digits. Of a longer one the digits behind those become a
     * single 1 if any of them is not 0: such a number is too large or too precise in any case, and rounds the same.
     */
    static BigDecimal compact(char[] text, int offset, int length) {
        NumberText number = new NumberText();
        int end = offset + length;
        boolean negative = text[offset] == '-';
        int at = number.mantissa(text, negative ? offset + 1 : offset, end);
        if (at < end) {
            number.exponent += exponentOf(text, at + 1, end);
        }
        BigDecimal value = number.value();
        return negative ? value.negate() : value;
    }

    private int mantissa(char[] text, int start, int end) {
        boolean fraction = false;
        for (int i = start; i < end; i++) {
            char c = text[i];
            if (c == '.') {
                fraction = true;
            } else if (c == 'e' || c == 'E') {
                return i;
            } else {
                digit(c, fraction);
            }
        }
        return end;
    }

    private void digit(char digit, boolean fraction) {
        boolean kept = digits.length() < MAX_DIGITS;
        if (!kept) {
            cutNonZero |= digit != '0';
        } else if (digit != '0' || !digits.isEmpty()) {
            digits.append(digit);
        }
        if (fraction) {
            exponent -= kept ? 1 : 0;
        } else {
            exponent += kept ? 0 : 1;
        }
    }

    private BigDecimal value() {
        if (digits.isEmpty()) {
            return BigDecimal.ZERO;
        }
        if (cutNonZero) {
            digits.append('1');
            exponent--;
        }
        long scale = -Math.clamp(exponent, -MAX_EXPONENT, MAX_EXPONENT);
        return new BigDecimal(new BigInteger(digits.toString()), (int) scale);
    }

    private static long exponentOf(char[] text, int start, int end) {
        boolean negative = text[start] == '-';
        int first = negative || text[start] == '+' ? start + 1 : start;
        long value = 0;
        for (int i = first; i < end; i++) {
            value = Math.min(MAX_EXPONENT, value * 10 + (text[i] - '0'));
        }
        return negative ? -value : value;
    }
}
