package io.meterline.console.price;

import io.meterline.console.Choice;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The currencies of a select: those of many first. */
public final class Currencies {

    private static final List<String> FIRST = List.of("EUR", "USD", "GBP", "CHF", "JPY");

    private Currencies() {}

    public static List<Choice> all() {
        Stream<String> others = Currency.getAvailableCurrencies().stream()
                .filter(currency -> currency.getDefaultFractionDigits() >= 0)
                .map(Currency::getCurrencyCode)
                .filter(code -> !FIRST.contains(code))
                .sorted();
        return Stream.concat(FIRST.stream(), others)
                .map(code -> new Choice(
                        code, code + " · " + Currency.getInstance(code).getDisplayName(Locale.ENGLISH)))
                .toList();
    }
}
