package io.meterline.price;

import io.meterline.event.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes tiers of what a user wrote, and notes what is wrong with them. */
final class TierCheck {

    /** More than anyone shows to a customer. */
    static final int MAX_TIERS = 100;

    private final ModelKind model;
    private final Findings findings;

    TierCheck(ModelKind model, Findings findings) {
        this.model = model;
        this.findings = findings;
    }

    /** The tiers that can be reached, the last one open; null when there are none. */
    @Nullable
    Tiers tiers(@Nullable List<TierDraft> drafts) {
        if (drafts == null) {
            return null; // noted as a field that is missing
        }
        if (drafts.isEmpty()) {
            findings.fault("tiers", "no_tiers", "there must be at least one tier");
            return null;
        }
        if (drafts.size() > MAX_TIERS) {
            findings.fault("tiers", "too_many_tiers", "there can be at most " + MAX_TIERS + " tiers");
            return null;
        }
        for (int i = 0; i < drafts.size(); i++) {
            fields(at(i), drafts.get(i));
        }
        return findings.faults().isEmpty() ? connected(drafts) : null;
    }

    private void fields(String at, TierDraft tier) {
        findings.check(at + ".up_to", Field.Kind.SIZE, tier.upTo());
        findings.check(at + ".unit_amount", Field.Kind.AMOUNT, tier.unitAmount());
        findings.check(at + ".flat_amount", Field.Kind.AMOUNT, tier.flatAmount());
        findings.check(at + ".rate", Field.Kind.AMOUNT, tier.rate());
        switch (model) {
            case STAIRSTEP -> {
                notUsed(at + ".unit_amount", tier.unitAmount());
                notUsed(at + ".rate", tier.rate());
                needed(at + ".flat_amount", tier.flatAmount());
            }
            case GRADUATED_PERCENTAGE -> {
                notUsed(at + ".unit_amount", tier.unitAmount());
                needed(at + ".rate", tier.rate() == null ? tier.flatAmount() : tier.rate());
            }
            case GRADUATED, VOLUME -> {
                notUsed(at + ".rate", tier.rate());
                needed(at + ".unit_amount", tier.unitAmount() == null ? tier.flatAmount() : tier.unitAmount());
            }
            case FLAT, PER_UNIT, PACKAGE, PERCENTAGE -> {
                // Has no tiers at all, which is noted for the field as a whole.
            }
        }
    }

    private void notUsed(String at, @Nullable BigDecimal number) {
        if (number != null) {
            findings.fault(at, "field_not_used", "a tier of a " + model.text() + " price has no such field");
        }
    }

    private void needed(String at, @Nullable BigDecimal number) {
        if (number == null) {
            findings.fault(at, "required", "say what the tier costs");
        }
    }

    private Tiers connected(List<TierDraft> drafts) {
        List<Tier> tiers = new ArrayList<>();
        BigDecimal below = BigDecimal.ZERO;
        boolean open = false;
        for (int i = 0; i < drafts.size(); i++) {
            BigDecimal upTo = drafts.get(i).upTo();
            if (open || (upTo != null && upTo.compareTo(below) <= 0)) {
                unreachable(i, open, below);
                continue;
            }
            open = upTo == null;
            below = upTo == null ? below : upTo;
            tiers.add(tier(i + 1, upTo == null ? Bound.OPEN : Bound.upTo(upTo), drafts.get(i)));
        }
        if (!open) {
            Tier last = tiers.removeLast();
            gap(last.number(), below);
            tiers.add(new Tier(last.number(), Bound.OPEN, last.unitAmount(), last.flatAmount()));
        }
        return new Tiers(tiers);
    }

    private void unreachable(int i, boolean open, BigDecimal below) {
        String why = open ? "an earlier tier has no end" : "an earlier tier goes up to " + Decimals.text(below);
        findings.slip(at(i) + ".up_to", "tier_unreachable", "nothing can reach tier " + (i + 1) + ", since " + why);
    }

    private void gap(int number, BigDecimal below) {
        findings.slip(
                at(number - 1) + ".up_to",
                "tiers_gap",
                "there is no price above " + Decimals.text(below) + "; the last tier has up_to null");
    }

    private static Tier tier(int number, Bound upTo, TierDraft draft) {
        return new Tier(
                number,
                upTo,
                orZero(draft.rate() == null ? draft.unitAmount() : draft.rate()),
                orZero(draft.flatAmount()));
    }

    private static BigDecimal orZero(@Nullable BigDecimal number) {
        return number == null ? BigDecimal.ZERO : number;
    }

    private static String at(int index) {
        return "tiers[" + index + "]";
    }
}
