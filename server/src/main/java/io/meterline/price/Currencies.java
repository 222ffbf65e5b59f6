package io.meterline.price;

import java.util.Currency;
import java.util.Optional;

/** The currencies of ISO 4217 that have a minor unit: 0 decimals (JPY), 2 (EUR), 3 (KWD), a few 4. */
public final class Currencies {

    private Currencies() {}

    /** The currency of a code in upper case; empty for what is none, also for gold and the like, which nobody pays in. */
    public static Optional<Currency> of(String code) {
        try {
            return Optional.of(Currency.getInstance(code)).filter(currency -> currency.getDefaultFractionDigits() >= 0);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Digits after the point of an amount in the currency. */
    public static int decimals(Currency currency) {
        return currency.getDefaultFractionDigits();
    }
}
