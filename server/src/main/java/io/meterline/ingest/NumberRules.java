package io.meterline.ingest;

import io.meterline.event.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The rules on numbers: at most 20 digits before the point and 18 after it, whatever way they are written.
 *
 * <p>Size is judged before anything is expanded, so {@code 1e400} and {@code 1e-2000000000} cost nothing. One object
 * serves one request, file or run and counts what it rounded; it is not safe for use by several threads.
 */
public final class NumberRules {

    // Longer texts may hold thousands of zeros; they take the way that looks at digits one by one.
    private static final int SHORT_TEXT = 60;

    private final ExcessDigits excessDigits;
    private long rounded;

    public NumberRules(ExcessDigits excessDigits) {
        this.excessDigits = excessDigits;
    }

    /** How many numbers were rounded so far. */
    public long rounded() {
        return rounded;
    }

    /**
     * The number that a JSON number's text stands for, in canonical form. Throws {@link InvalidEventException} with
     * {@code number_too_large} or {@code number_too_precise}, without a path.
     */
    public BigDecimal parse(char[] text, int offset, int length) {
        boolean plain = length <= SHORT_TEXT && !hasExponent(text, offset, length);
        return check(plain ? new BigDecimal(text, offset, length) : NumberText.compact(text, offset, length));
    }

    /** The same as {@link #parse(char[], int, int)} for a text that is known to be a JSON number. */
    public BigDecimal parse(String text) {
        return parse(text.toCharArray(), 0, text.length());
    }

    /** A number from elsewhere, say a database, in canonical form. Throws as {@link #parse(char[], int, int)} does. */
    public BigDecimal check(BigDecimal number) {
        if (number.signum() == 0) {
            return BigDecimal.ZERO;
        }
        long integerDigits = (long) number.precision() - number.scale();
        if (integerDigits > Decimals.MAX_INTEGER_DIGITS) {
            throw new InvalidEventException(EventErrorCode.NUMBER_TOO_LARGE, "");
        }
        if (number.scale() <= Decimals.MAX_FRACTION_DIGITS) {
            return Decimals.canonical(number);
        }
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() <= Decimals.MAX_FRACTION_DIGITS
                ? Decimals.canonical(stripped)
                : excess(stripped, integerDigits);
    }

    private BigDecimal excess(BigDecimal number, long integerDigits) {
        if (excessDigits == ExcessDigits.REJECT) {
            throw new InvalidEventException(EventErrorCode.NUMBER_TOO_PRECISE, "");
        }
        // So far below the last digit kept that it rounds to nothing; setScale would expand its exponent first.
        boolean vanishes = integerDigits < -Decimals.MAX_FRACTION_DIGITS;
        BigDecimal result = vanishes
                ? BigDecimal.ZERO
                : Decimals.canonical(number.setScale(Decimals.MAX_FRACTION_DIGITS, RoundingMode.HALF_UP));
        if (Decimals.integerDigits(result) > Decimals.MAX_INTEGER_DIGITS) {
            throw new InvalidEventException(EventErrorCode.NUMBER_TOO_LARGE, "");
        }
        rounded++;
        return result;
    }

    private static boolean hasExponent(char[] text, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if ((text[i] | 0x20) == 'e') {
                return true;
            }
        }
        return false;
    }
}
