package io.meterline.price;

import static io.meterline.price.TestPrices.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PriceCheckTest {

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        PriceDraft draft = model("percentage")
                .with(Field.UNIT_AMOUNT, number("1"))
                .with(Field.FIXED_AMOUNT, number("-0.3"))
                .with(Field.FREE_EVENTS, number("1.5"))
                .with(Field.MIN_PER_EVENT, number("5"))
                .with(Field.MAX_PER_EVENT, number("4"))
                .with(Field.DISCOUNT_PERCENT, number("101"))
                .with(Field.MINIMUM_AMOUNT, number("0.0000000000000000001"))
                .with(Field.MAXIMUM_AMOUNT, number("123456789012345678901"))
                .with(Field.ZERO_USAGE_FLAT, "maybe")
                .withSplit(new SplitDraft(List.of("a", "a"), "year"));

        assertThat(faults(draft))
                .containsExactlyInAnyOrder(
                        "price.rate required",
                        "price.unit_amount field_not_used",
                        "price.fixed_amount negative",
                        "price.free_events not_whole",
                        "price.min_per_event minimum_above_maximum",
                        "price.discount_percent percentage_too_large",
                        "price.minimum_amount number_too_precise",
                        "price.maximum_amount number_too_large",
                        "price.zero_usage_flat invalid_value",
                        "price.apply_per.group_by invalid_value",
                        "price.apply_per.window invalid_value");
    }

    @Test
    void aModelIsNeededAndKnown() {
        assertThat(faults(PriceDraft.EMPTY)).containsExactly("price.model required");
        assertThat(faults(model("cheap"))).containsExactly("price.model unknown_model");
    }

    @Test
    void eachModelNeedsItsFields() {
        assertThat(faults(model("flat"))).containsExactly("price.amount required");
        assertThat(faults(model("per_unit"))).containsExactly("price.unit_amount required");
        assertThat(faults(model("package")))
                .containsExactly("price.package_size required", "price.package_amount required");
        assertThat(faults(
                        model("package").with(Field.PACKAGE_SIZE, number("0")).with(Field.PACKAGE_AMOUNT, number("1"))))
                .containsExactly("price.package_size not_positive");
        for (String tiered : List.of("graduated", "volume", "stairstep", "graduated_percentage")) {
            assertThat(faults(model(tiered))).containsExactly("price.tiers required");
            assertThat(faults(model(tiered).withTiers(List.of()))).containsExactly("price.tiers no_tiers");
        }
        assertThat(faults(model("flat").with(Field.AMOUNT, number("1")).with(Field.FREE_UNITS, number("1"))))
                .containsExactly("price.free_units field_not_used");
    }

    @Test
    void eachTierNeedsAPriceOfItsModel() {
        assertThat(faults(model("graduated").withTiers(List.of(tier(null, null, null, null)))))
                .containsExactly("price.tiers[0].unit_amount required");
        assertThat(faults(model("volume").withTiers(List.of(tier(null, null, null, "0.1")))))
                .containsExactly("price.tiers[0].rate field_not_used", "price.tiers[0].unit_amount required");
        assertThat(faults(model("stairstep").withTiers(List.of(tier(null, "1", null, null)))))
                .containsExactly("price.tiers[0].unit_amount field_not_used", "price.tiers[0].flat_amount required");
        assertThat(faults(model("graduated_percentage").withTiers(List.of(tier(null, "1", null, null)))))
                .containsExactly("price.tiers[0].unit_amount field_not_used", "price.tiers[0].rate required");
        assertThat(faults(model("graduated").withTiers(List.of(tier("0", "-1", null, null)))))
                .containsExactly("price.tiers[0].up_to not_positive", "price.tiers[0].unit_amount negative");
    }

    @Test
    void aHundredTiersAreEnough() {
        List<TierDraft> tiers = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            tiers.add(tier(String.valueOf(i), "1", null, null));
        }
        tiers.add(tier(null, "1", null, null));
        assertThat(faults(model("graduated").withTiers(tiers))).containsExactly("price.tiers too_many_tiers");
    }

    @Test
    void aTierThatNothingReachesIsRefusedAndLeftOutOfAPreview() {
        PriceDraft draft = model("graduated")
                .withTiers(List.of(
                        tier("10", "5", null, null),
                        tier("10", "4", null, null),
                        tier(null, "3", null, null),
                        tier("40", "2", null, null)));

        Checked checked = PriceCheck.check(draft, "");

        assertThat(texts(checked.slips()))
                .containsExactly("tiers[1].up_to tier_unreachable", "tiers[3].up_to tier_unreachable");
        assertThatThrownBy(checked::strict).isInstanceOf(RuleException.class);
        assertThat(checked.lenient().model())
                .isEqualTo(new Graduated(new Tiers(List.of(
                        new Tier(1, Bound.upTo(number("10")), number("5"), number("0")),
                        new Tier(3, Bound.OPEN, number("3"), number("0"))))));
    }

    @Test
    void aGapAboveTheLastTierIsRefusedAndFilledInAPreview() {
        PriceDraft draft = model("volume").withTiers(List.of(tier("10", "5", null, null), tier("20", "4", null, null)));

        Checked checked = PriceCheck.check(draft, "");

        assertThat(texts(checked.slips())).containsExactly("tiers[1].up_to tiers_gap");
        assertThat(checked.lenient().tierChanges()).containsExactly(number("10"));
        RuleException refused = catchThrowableOfType(RuleException.class, checked::strict);
        assertThat(refused.code()).isEqualTo("tiers_gap");
        assertThat(refused.sentence())
                .isEqualTo("tiers[1].up_to: there is no price above 20; the last tier has up_to null.");
    }

    @Test
    void applyPerNeedsSomethingToSplitBy() {
        PriceDraft draft = model("flat").with(Field.AMOUNT, number("1"));
        assertThat(faults(draft.withSplit(new SplitDraft(List.of(), null))))
                .containsExactly("price.apply_per required");
        assertThat(faults(draft.withSplit(new SplitDraft(List.of(""), null))))
                .containsExactly("price.apply_per.group_by invalid_value");
        assertThat(PriceCheck.check(draft.withSplit(new SplitDraft(List.of("region"), "hour")), "")
                        .strict()
                        .split())
                .isEqualTo(new Split(List.of("region"), Split.Window.HOUR));
    }

    private static PriceDraft model(String model) {
        return PriceDraft.EMPTY.with(Field.MODEL, model);
    }

    private static TierDraft tier(
            @Nullable String upTo, @Nullable String unit, @Nullable String flat, @Nullable String rate) {
        return new TierDraft(
                upTo == null ? null : number(upTo),
                unit == null ? null : number(unit),
                flat == null ? null : number(flat),
                rate == null ? null : number(rate));
    }

    private static List<String> faults(PriceDraft draft) {
        Checked checked = PriceCheck.check(draft, "price");
        assertThatThrownBy(checked::lenient).isInstanceOf(RuleException.class);
        return texts(checked.faults());
    }

    private static List<String> texts(List<Violation> violations) {
        return violations.stream().map(v -> v.path() + " " + v.code()).toList();
    }
}
