package io.meterline.console.aggregator;

import io.meterline.console.Formats;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * How a figure differs from an earlier one.
 *
 * @param text such as {@code +3.7 %}
 * @param icon of the sprite; null where nothing changed
 */
public record Change(String text, @Nullable String icon) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000);

    /** Null where there is nothing to compare. */
    public static @Nullable Change between(@Nullable BigDecimal before, @Nullable BigDecimal now) {
        if (before == null || now == null || before.signum() == 0) {
            return null;
        }
        BigDecimal percent = now.subtract(before).multiply(HUNDRED).divide(before.abs(), 1, RoundingMode.HALF_UP);
        if (percent.signum() == 0) {
            return new Change("0 %", null);
        }
        String sign = percent.signum() > 0 ? "+" : "\u2212";
        BigDecimal size = percent.abs();
        String digits = Formats.number(size.compareTo(MOST) >= 0 ? size.setScale(0, RoundingMode.HALF_UP) : size);
        return new Change(sign + digits + " %", percent.signum() > 0 ? "arrow-up" : "arrow-down");
    }
}
