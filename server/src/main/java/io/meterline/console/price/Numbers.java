package io.meterline.console.price;

import io.meterline.console.Formats;
import io.meterline.event.Decimals;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers as people type them and as a field shows them again. */
public final class Numbers {

    // Separators stand between groups of three digits, of which the first is not a zero: 0,005 and 12,5 are decimals of
    // somebody who writes a comma, and not five thousandths taken for five.
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[1-9]\\d{0,2}(?:[,' _\\u00a0\\u202f]\\d{3})+|\\d*)(?:\\.\\d*)?");
    private static final int DIGITS_OF_A_RATIO = 6;
    private static final int MAX_LENGTH = 60;

    private Numbers() {}

    /** The number of a text such as {@code 1,000.50}; empty for what is none. */
    public static Optional<BigDecimal> typed(String text) {
        if (text.length() > MAX_LENGTH
                || !NUMBER.matcher(text).matches()
                || text.chars().noneMatch(Character::isDigit)) {
            return Optional.empty();
        }
        return Optional.of(new BigDecimal(text.replaceAll("[,' _\u00a0\u202f]", "")));
    }

    /** A number of an answer, with thousands separators; what is no number as it is. */
    public static String shown(String text) {
        return typed(text)
                .map(number ->
                        Formats.number(number.scale() < 0 ? number.setScale(0, RoundingMode.UNNECESSARY) : number))
                .orElse(text);
    }

    /** A share such as {@code 0.029} in percent: {@code 2.9}. */
    public static String percent(String text) {
        return typed(text)
                .map(share -> Decimals.text(Decimals.canonical(share.movePointRight(2))))
                .orElse(text);
    }

    /** An amount for each of many: all its digits where there are few, else cut to six that count, and said to be. */
    public static String ratio(BigDecimal amount, String currency) {
        BigDecimal exact = Decimals.canonical(amount);
        if (exact.precision() <= DIGITS_OF_A_RATIO
                || exact.scale() <= Currency.getInstance(currency).getDefaultFractionDigits()) {
            return Formats.money(exact, currency);
        }
        int places = Math.max(2, exact.scale() - exact.precision() + DIGITS_OF_A_RATIO);
        BigDecimal cut = exact.setScale(places, RoundingMode.HALF_UP);
        return "≈ " + Formats.money(plain(cut.stripTrailingZeros()), currency);
    }

    /** The same number with a scale that is not negative. */
    static BigDecimal plain(BigDecimal number) {
        return number.scale() < 0 ? number.setScale(0, RoundingMode.UNNECESSARY) : number;
    }

    /** The next number above that is easy to read on an axis: two digits, the second an even one or a five. */
    static BigDecimal roundUp(BigDecimal number) {
        return plain(number.round(new MathContext(2, RoundingMode.CEILING)).stripTrailingZeros());
    }

    /** The sign of a currency, or its code. */
    static String sign(String currency) {
        return Currency.getInstance(currency).getSymbol(Locale.ENGLISH);
    }
}
