package io.meterline.console;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Currency;
import java.util.Locale;

/** Figures as people read them. Nothing is rounded but where it says so. */
public final class Formats {

    private static final DecimalFormatSymbols SYMBOLS = DecimalFormatSymbols.getInstance(Locale.ENGLISH);
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
    private static final String[] SHORT = {"", "k", "M", "B", "T"};

    private Formats() {}

    /** With thousands separators and every digit: {@code 12,480.25}. */
    public static String number(BigDecimal value) {
        DecimalFormat format = new DecimalFormat("#,##0", SYMBOLS);
        format.setMaximumFractionDigits(Math.max(0, value.scale()));
        return format.format(value);
    }

    /** With thousands separators. */
    public static String number(long value) {
        return new DecimalFormat("#,##0", SYMBOLS).format(value);
    }

    /** Cut to three digits: {@code 48.2M}. For places where the exact figure is a click away. */
    public static String compact(long value) {
        BigDecimal rest = BigDecimal.valueOf(value);
        int power = 0;
        while (rest.abs().compareTo(THOUSAND) >= 0 && power < SHORT.length - 1) {
            rest = rest.movePointLeft(3);
            power++;
        }
        int digits = power == 0 || rest.abs().intValue() >= 100 ? 0 : 1;
        return rest.setScale(digits, RoundingMode.DOWN).stripTrailingZeros().toPlainString() + SHORT[power];
    }

    /** An amount with its currency's sign, and every digit that it has: {@code €1,284,310.42}. */
    public static String money(BigDecimal amount, String currency) {
        Currency known = Currency.getInstance(currency);
        DecimalFormat format = new DecimalFormat("#,##0", SYMBOLS);
        format.setMinimumFractionDigits(known.getDefaultFractionDigits());
        format.setMaximumFractionDigits(Math.max(amount.scale(), known.getDefaultFractionDigits()));
        String sign = amount.signum() < 0 ? "\u2212" : "";
        return sign + known.getSymbol(Locale.ENGLISH) + format.format(amount.abs());
    }

    /** What so many are called: {@code call} for one, else {@code calls}, which is given. */
    public static String unit(BigDecimal count, String many) {
        return count.abs().compareTo(BigDecimal.ONE) == 0 ? one(many) : many;
    }

    /** One of many, as English mostly has it: {@code call} of {@code calls}. */
    public static String one(String many) {
        return many.endsWith("s") && !many.endsWith("ss") ? many.substring(0, many.length() - 1) : many;
    }
}
