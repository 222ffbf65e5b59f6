package io.meterline.price;

import io.meterline.event.Decimals;
import io.meterline.price.Preview.Warning;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is allowed in a price and still is seldom meant. */
final class PreviewWarnings {

    /** The smallest step between two quantities. */
    private static final BigDecimal STEP = BigDecimal.ONE.movePointLeft(Decimals.MAX_FRACTION_DIGITS);

    private final Price price;
    private final Currency currency;
    private final List<Warning> warnings = new ArrayList<>();

    private PreviewWarnings(Price price, Currency currency) {
        this.price = price;
        this.currency = currency;
    }

    static List<Warning> of(Price price, Currency currency) {
        PreviewWarnings found = new PreviewWarnings(price, currency);
        switch (price.model()) {
            case Volume(Tiers tiers) -> found.falls(tiers);
            case Stairstep(Tiers tiers) -> found.falls(tiers);
            case Graduated(Tiers tiers) -> found.maximumBelow(tiers);
            case GraduatedPercentage(Tiers tiers) -> {
                found.maximumBelow(tiers);
                tiers.list().forEach(tier -> found.rate("tiers[" + (tier.number() - 1) + "].rate", tier.unitAmount()));
            }
            case Percentage percentage -> found.rate("rate", percentage.rate());
            case Flat flat -> {}
            case PerUnit perUnit -> {}
            case Packages packages -> {}
        }
        return found.warnings;
    }

    /** Where using more costs less. */
    private void falls(Tiers tiers) {
        List<BigDecimal> changes = price.tierChanges();
        for (int i = 0; i < changes.size(); i++) {
            BigDecimal last = changes.get(i);
            BigDecimal before = amount(last);
            BigDecimal after = amount(last.add(STEP));
            if (after.compareTo(before) < 0) {
                String message = "The amount falls as usage grows: " + before.toPlainString() + " at "
                        + Decimals.text(last) + ", and " + after.toPlainString() + " just above it.";
                warn("amount_falls", message, tiers.list().get(i + 1), last);
            }
        }
    }

    /** Tiers that lie above the quantity at which the maximum is reached. */
    private void maximumBelow(Tiers tiers) {
        BigDecimal maximum = price.terms().maximumAmount();
        List<BigDecimal> changes = price.tierChanges();
        for (int i = 0; maximum != null && i < changes.size(); i++) {
            BigDecimal last = changes.get(i);
            if (price.breakdown(Usage.of(last)).total().compareTo(maximum) >= 0) {
                Tier tier = tiers.list().get(i + 1);
                String message = "At " + Decimals.text(last) + " the maximum of " + Decimals.text(maximum)
                        + " is reached, so tier " + tier.number() + " changes nothing, nor does a later one.";
                warn("tier_without_effect", message, tier, last);
                return;
            }
        }
    }

    private void rate(String path, BigDecimal rate) {
        if (rate.compareTo(BigDecimal.ONE) > 0) {
            String message = "A rate of " + Decimals.text(rate) + " is " + Decimals.text(rate.movePointRight(2))
                    + " %; write 0.029 for 2.9 %.";
            warn("rate_above_one", message, path, null);
        }
    }

    private BigDecimal amount(BigDecimal quantity) {
        return price.charge(Usage.of(quantity), currency).amount();
    }

    private void warn(String code, String message, Tier tier, BigDecimal quantity) {
        warn(code, message, "tiers[" + (tier.number() - 1) + "]", Decimals.canonical(quantity));
    }

    private void warn(String code, String message, String path, @Nullable BigDecimal quantity) {
        warnings.add(new Warning(code, message, path, quantity));
    }
}
