package io.meterline.price;

import io.meterline.event.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;

/**
 * What is to be paid for a line: the one place where money is rounded.
 *
 * @param amount in the currency's minor unit, half away from zero: {@code 12.50} EUR, {@code 13} JPY, {@code 12.500} KWD
 * @param exactAmount before it was rounded
 * @param breakdown lines that add up to {@code amount}; without the last one, of kind {@code ROUNDING} and there only when
 *     something was rounded, they add up to {@code exactAmount}
 */
public record Charge(BigDecimal amount, BigDecimal exactAmount, List<Line> breakdown) {

    public Charge {
        breakdown = List.copyOf(breakdown);
    }

    /** Rounds what was priced exactly. */
    static Charge of(Breakdown exact, Currency currency) {
        BigDecimal total = exact.total();
        BigDecimal amount = rounded(total, currency);
        BigDecimal rounding = amount.subtract(total);
        Breakdown whole = rounding.signum() == 0 ? exact : exact.and(Line.of(Line.Kind.ROUNDING, rounding));
        return new Charge(amount, Decimals.canonical(total), whole.lines());
    }

    /** An exact amount in the minor unit of a currency: the {@link #amount} of a charge. */
    public static BigDecimal rounded(BigDecimal exact, Currency currency) {
        return exact.setScale(Currencies.decimals(currency), RoundingMode.HALF_UP);
    }
}
