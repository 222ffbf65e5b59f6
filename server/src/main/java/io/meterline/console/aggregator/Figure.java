package io.meterline.console.aggregator;

import io.meterline.console.Formats;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A figure of an aggregator as it is read.
 *
 * @param text with a sign before it where digits were left out
 * @param exact every digit
 */
public record Figure(String text, String exact) {

    private static final int MOST_DIGITS = 4;
    private static final Figure NONE = new Figure("–", "no value: there are no events");

    public static Figure of(@Nullable BigDecimal value) {
        if (value == null) {
            return NONE;
        }
        String exact = Formats.number(value);
        BigDecimal plain = value.stripTrailingZeros();
        return plain.scale() <= MOST_DIGITS
                ? new Figure(exact, exact)
                : new Figure("≈" + Formats.number(plain.setScale(MOST_DIGITS, RoundingMode.HALF_UP)), exact);
    }

    /** With its unit, for titles and tooltips. */
    public static String with(@Nullable BigDecimal value, @Nullable String unit) {
        return value == null ? "no value" : Formats.number(value) + (unit == null ? "" : " " + unit);
    }
}
