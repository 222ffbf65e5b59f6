package io.meterline.console.price;

import io.meterline.console.Choice;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** The currencies of a select: those of many first. */
public final class Currencies {

    private static final List<String> FIRST = List.of("EUR", "USD", "GBP", "CHF", "JPY");

    private Currencies() {}

    public static List<Choice> all() {
        // Those that a country has now: Java knows of marks and francs, too.
        Stream<String> others = Arrays.stream(Locale.getISOCountries())
                .map(country -> Currency.getInstance(Locale.of("", country)))
                .filter(Objects::nonNull)
                .map(Currency::getCurrencyCode)
                .filter(code -> !FIRST.contains(code))
                .distinct()
                .sorted();
        return Stream.concat(FIRST.stream(), others)
                .map(code -> new Choice(
                        code, code + " · " + Currency.getInstance(code).getDisplayName(Locale.ENGLISH)))
                .toList();
    }
}
