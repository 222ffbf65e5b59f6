package io.meterline.price;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prices in the short notation of the tables in these tests. */
final class TestPrices {

    static final Currency EUR = Currency.getInstance("EUR");

    private TestPrices() {}

    /** Tiers as {@code up_to:unit_amount+flat_amount}, separated by blanks; {@code *} has no end. */
    static Tiers tiers(String text) {
        List<Tier> tiers = new ArrayList<>();
        for (String tier : text.strip().split(" +", -1)) {
            String upTo = tier.substring(0, tier.indexOf(':'));
            String[] amounts = tier.substring(upTo.length() + 1).split("\\+", 2);
            tiers.add(new Tier(
                    tiers.size() + 1,
                    upTo.equals("*") ? Bound.OPEN : Bound.upTo(number(upTo)),
                    number(amounts[0]),
                    amounts.length == 1 ? BigDecimal.ZERO : number(amounts[1])));
        }
        return new Tiers(tiers);
    }

    static BigDecimal number(String text) {
        return new BigDecimal(text);
    }

    static List<BigDecimal> numbers(String text) {
        return text.isBlank()
                ? List.of()
                : Arrays.stream(text.strip().split(" +", -1))
                        .map(BigDecimal::new)
                        .toList();
    }

    /** The price with these terms; an empty text is none. */
    static Price price(Model model, String free, String discount, @Nullable String max, @Nullable String min) {
        Terms terms = new Terms(
                number(free),
                number(discount),
                max == null ? null : number(max),
                min == null ? null : number(min),
                Terms.ZeroUsageFlat.CHARGE);
        return new Price(model, terms, Split.NONE);
    }

    static Price skippingFlats(Model model) {
        Terms terms = new Terms(BigDecimal.ZERO, BigDecimal.ZERO, null, null, Terms.ZeroUsageFlat.SKIP);
        return new Price(model, terms, Split.NONE);
    }

    static BigDecimal exact(Price price, String quantity) {
        return price.charge(Usage.of(number(quantity)), EUR).exactAmount();
    }
}
