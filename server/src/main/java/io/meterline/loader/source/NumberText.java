package io.meterline.loader.source;

import io.meterline.event.PropertyValue;
import java.math.BigDecimal;

/** Reads decimal text exactly. */
final class NumberText {

    // So many digits always fit a long.
    private static final int FAST_DIGITS = 18;

    // A numeric of PostgreSQL has at most 131072 digits before the point; an exponent comes only from a float8.
    private static final int MAX_LENGTH = 1_000;

    private NumberText() {}

    static PropertyValue decode(byte[] bytes, int from, int to) {
        int at = from;
        boolean negative = bytes[at] == '-';
        at += negative ? 1 : 0;
        if (to - at > FAST_DIGITS) {
            return slow(bytes, from, to);
        }
        long unscaled = 0;
        int scale = -1;
        for (; at < to; at++) {
            byte b = bytes[at];
            if (b >= '0' && b <= '9') {
                unscaled = unscaled * 10 + (b - '0');
                scale += scale >= 0 ? 1 : 0;
            } else if (b == '.' && scale < 0) {
                scale = 0;
            } else {
                return slow(bytes, from, to);
            }
        }
        scale = Math.max(scale, 0);
        while (scale > 0 && unscaled % 10 == 0) {
            unscaled /= 10;
            scale--;
        }
        return new PropertyValue.Number(BigDecimal.valueOf(negative ? -unscaled : unscaled, scale));
    }

    private static PropertyValue slow(byte[] bytes, int from, int to) {
        if (to - from > MAX_LENGTH) {
            throw new BadCellException("number_too_large", "The number has more than 20 digits before the point.");
        }
        String text = CellDecoder.text(bytes, from, to);
        try {
            return new PropertyValue.Number(new BigDecimal(text));
        } catch (NumberFormatException e) {
            throw notFinite(text);
        }
    }

    private static BadCellException notFinite(String text) {
        return new BadCellException("not_a_number", text + " is no number that can be counted. Filter such rows out.");
    }
}
