package io.meterline.billing.line;

import io.meterline.event.Decimals;
import io.meterline.event.Period;
import io.meterline.price.Price;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How much of a whole period of the calendar a billing period is, in time. Flat fees of a shorter one are that share.
 *
 * @param part µs
 * @param whole µs
 */
public record Share(long part, long whole) {

    /** All of it. */
    public static final Share WHOLE = new Share(1, 1);

    public static Share of(Period part, Period whole) {
        return part.equals(whole) ? WHOLE : new Share(length(part), length(whole));
    }

    /** As a fraction of one, to 18 digits; null for all of it. */
    public @Nullable BigDecimal fraction() {
        return part == whole ? null : Decimals.divide(BigDecimal.valueOf(part), BigDecimal.valueOf(whole));
    }

    Price of(Price price) {
        return part == whole ? price : price.forPart(BigDecimal.valueOf(part), BigDecimal.valueOf(whole));
    }

    private static long length(Period period) {
        return period.toMicros() - period.fromMicros();
    }
}
