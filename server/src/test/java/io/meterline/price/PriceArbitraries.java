package io.meterline.price;

import io.meterline.price.Packages.Incomplete;
import io.meterline.price.Percentage.Allowance;
import io.meterline.price.Terms.ZeroUsageFlat;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Prices and usage for properties: mostly amounts as people write them, and now and then all of the digits. */
public final class PriceArbitraries {

    private PriceArbitraries() {}

    static Arbitrary<BigDecimal> amounts() {
        return Arbitraries.frequencyOf(Tuple.of(6, decimals("0", "1000", 3)), Tuple.of(1, decimals("0", "10", 18)));
    }

    static Arbitrary<BigDecimal> quantities() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, decimals("0", "5000", 1)),
                Tuple.of(2, decimals("0", "50", 18)),
                Tuple.of(1, decimals("0", "99999999999999999999", 6)));
    }

    static Arbitrary<BigDecimal> anyQuantities() {
        return Combinators.combine(quantities(), Arbitraries.of(1, 1, 1, -1))
                .as((quantity, sign) -> quantity.multiply(BigDecimal.valueOf(sign)));
    }

    static Arbitrary<List<BigDecimal>> events() {
        return Combinators.combine(decimals("0", "2000", 2), Arbitraries.of(1, 1, 1, 1, -1))
                .as((amount, sign) -> amount.multiply(BigDecimal.valueOf(sign)))
                .list()
                .ofMaxSize(12);
    }

    static Arbitrary<BigDecimal> decimals(String from, String to, int scale) {
        return Arbitraries.bigDecimals()
                .between(new BigDecimal(from), new BigDecimal(to))
                .ofScale(scale);
    }

    static Arbitrary<Tiers> tiers() {
        Arbitrary<Set<BigDecimal>> bounds = decimals("0.1", "2000", 1).set().ofMaxSize(4);
        return bounds.flatMap(set -> Combinators.combine(
                        amounts().list().ofSize(set.size() + 1),
                        Arbitraries.oneOf(Arbitraries.just(BigDecimal.ZERO), amounts())
                                .list()
                                .ofSize(set.size() + 1))
                .as((units, flats) -> tiers(set.stream().sorted().toList(), units, flats)));
    }

    private static Tiers tiers(List<BigDecimal> bounds, List<BigDecimal> units, List<BigDecimal> flats) {
        List<Tier> tiers = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            Bound bound = i < bounds.size() ? Bound.upTo(bounds.get(i)) : Bound.OPEN;
            tiers.add(new Tier(i + 1, bound, units.get(i), flats.get(i)));
        }
        return new Tiers(tiers);
    }

    /** Tiers that cost nothing but their flat amounts. */
    static Arbitrary<Tiers> steps() {
        return tiers().map(tiers -> new Tiers(tiers.list().stream()
                .map(tier -> new Tier(tier.number(), tier.upTo(), BigDecimal.ZERO, tier.flatAmount()))
                .toList()));
    }

    static Arbitrary<Model.OfQuantity> models() {
        return Arbitraries.oneOf(List.of(
                amounts().map(Flat::new),
                amounts().map(PerUnit::new),
                tiers().map(Graduated::new),
                tiers().map(Volume::new),
                steps().map(Stairstep::new),
                tiers().map(GraduatedPercentage::new),
                Combinators.combine(decimals("0.1", "100", 1), amounts(), Arbitraries.of(Incomplete.class))
                        .as(Packages::new)));
    }

    public static Arbitrary<Percentage> percentages() {
        Arbitrary<Allowance> allowances = Arbitraries.oneOf(
                Arbitraries.just(Allowance.NONE),
                Arbitraries.integers().between(0, 5).map(n -> new Allowance(BigDecimal.valueOf(n), null)),
                amounts().map(amount -> new Allowance(null, amount)),
                amounts().map(amount -> new Allowance(BigDecimal.TWO, amount)));
        return Combinators.combine(
                        decimals("0", "1", 4),
                        decimals("0", "2", 2),
                        allowances,
                        decimals("0", "3", 2).injectNull(0.5),
                        decimals("3", "40", 2).injectNull(0.5))
                .as(Percentage::new);
    }

    static Arbitrary<Terms> terms() {
        return Combinators.combine(
                        Arbitraries.oneOf(Arbitraries.just(BigDecimal.ZERO), decimals("0", "500", 1)),
                        Arbitraries.oneOf(Arbitraries.just(BigDecimal.ZERO), decimals("0", "100", 2)),
                        decimals("100", "100000", 2).injectNull(0.7),
                        decimals("0", "100", 2).injectNull(0.7),
                        Arbitraries.of(ZeroUsageFlat.class))
                .as(Terms::new);
    }

    public static Arbitrary<Price> prices() {
        return Combinators.combine(models(), terms()).as((model, terms) -> new Price(model, terms, Split.NONE));
    }
}
