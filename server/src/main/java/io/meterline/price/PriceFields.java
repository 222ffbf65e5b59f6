package io.meterline.price;

import io.meterline.price.Packages.Incomplete;
import io.meterline.price.Terms.ZeroUsageFlat;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way back: a price as a user would write it. {@link PriceCheck} makes an equal price of it. */
public final class PriceFields {

    private PriceFields() {}

    /** The fields of a price that say something; defaults are left out. */
    public static PriceDraft of(Price price) {
        return split(terms(model(price.model()), price.terms()), price.split());
    }

    private static PriceDraft model(Model model) {
        return switch (model) {
            case Flat(BigDecimal amount) -> draft(ModelKind.FLAT).with(Field.AMOUNT, amount);
            case PerUnit(BigDecimal unitAmount) -> draft(ModelKind.PER_UNIT).with(Field.UNIT_AMOUNT, unitAmount);
            case Graduated(Tiers tiers) -> tiered(ModelKind.GRADUATED, tiers);
            case Volume(Tiers tiers) -> tiered(ModelKind.VOLUME, tiers);
            case Stairstep(Tiers tiers) -> tiered(ModelKind.STAIRSTEP, tiers);
            case GraduatedPercentage(Tiers tiers) -> tiered(ModelKind.GRADUATED_PERCENTAGE, tiers);
            case Packages packages -> packages(packages);
            case Percentage percentage -> percentage(percentage);
        };
    }

    private static PriceDraft draft(ModelKind kind) {
        return PriceDraft.EMPTY.with(Field.MODEL, kind.text());
    }

    private static PriceDraft packages(Packages price) {
        PriceDraft draft = draft(ModelKind.PACKAGE)
                .with(Field.PACKAGE_SIZE, price.size())
                .with(Field.PACKAGE_AMOUNT, price.amount());
        return price.incomplete() == Incomplete.FULL
                ? draft
                : draft.with(Field.INCOMPLETE, PriceCheck.text(price.incomplete()));
    }

    private static PriceDraft percentage(Percentage price) {
        PriceDraft draft = draft(ModelKind.PERCENTAGE).with(Field.RATE, price.rate());
        draft = unlessZero(draft, Field.FIXED_AMOUNT, price.fixedAmount());
        if (!price.allowance().equals(Percentage.Allowance.NONE)) {
            draft = unlessNull(draft, Field.FREE_EVENTS, price.allowance().events());
            draft = unlessNull(draft, Field.FREE_AMOUNT, price.allowance().amount());
        }
        draft = unlessNull(draft, Field.MIN_PER_EVENT, price.minPerEvent());
        return unlessNull(draft, Field.MAX_PER_EVENT, price.maxPerEvent());
    }

    private static PriceDraft tiered(ModelKind kind, Tiers tiers) {
        List<TierDraft> drafts =
                tiers.list().stream().map(tier -> tier(kind, tier)).toList();
        return draft(kind).withTiers(drafts);
    }

    private static TierDraft tier(ModelKind kind, Tier tier) {
        BigDecimal upTo = tier.upTo() instanceof Bound.UpTo(BigDecimal quantity) ? quantity : null;
        boolean perUnit = kind == ModelKind.GRADUATED || kind == ModelKind.VOLUME;
        return new TierDraft(
                upTo,
                perUnit ? tier.unitAmount() : null,
                tier.flatAmount(),
                kind == ModelKind.GRADUATED_PERCENTAGE ? tier.unitAmount() : null);
    }

    private static PriceDraft terms(PriceDraft draft, Terms terms) {
        PriceDraft more = unlessZero(draft, Field.FREE_UNITS, terms.freeUnits());
        more = unlessZero(more, Field.DISCOUNT_PERCENT, terms.discountPercent());
        more = unlessNull(more, Field.MAXIMUM_AMOUNT, terms.maximumAmount());
        more = unlessNull(more, Field.MINIMUM_AMOUNT, terms.minimumAmount());
        return terms.zeroUsageFlat() == ZeroUsageFlat.CHARGE
                ? more
                : more.with(Field.ZERO_USAGE_FLAT, PriceCheck.text(terms.zeroUsageFlat()));
    }

    private static PriceDraft split(PriceDraft draft, Split split) {
        if (split.equals(Split.NONE)) {
            return draft;
        }
        Split.Window window = split.window();
        return draft.withSplit(new SplitDraft(split.groupBy(), window == null ? null : PriceCheck.text(window)));
    }

    private static PriceDraft unlessZero(PriceDraft draft, Field field, BigDecimal number) {
        return number.signum() == 0 ? draft : draft.with(field, number);
    }

    private static PriceDraft unlessNull(PriceDraft draft, Field field, @Nullable BigDecimal number) {
        return number == null ? draft : draft.with(field, number);
    }
}
