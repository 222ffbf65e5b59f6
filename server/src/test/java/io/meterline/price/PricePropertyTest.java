package io.meterline.price;

import static io.meterline.price.TestPrices.EUR;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.price.Line.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every price. */
final class PricePropertyTest {

    private static final BigDecimal STEP = BigDecimal.ONE.movePointLeft(18);

    @Property
    void theBreakdownAddsUpToTheAmount(
            @ForAll("prices") Price price,
            @ForAll("anyQuantities") BigDecimal quantity,
            @ForAll("currencies") Currency c) {
        assertAddsUp(price.charge(Usage.of(quantity), c));
    }

    @Property
    void theBreakdownOfEventsAddsUpToo(
            @ForAll("percentages") Percentage model,
            @ForAll("terms") Terms terms,
            @ForAll("events") List<BigDecimal> events) {
        assertAddsUp(new Price(model, terms, Split.NONE).charge(Usage.ofEvents(events), EUR));
    }

    @Property
    void theBreakdownOfGroupsAddsUpToo(@ForAll("prices") Price price, @ForAll("groups") List<BigDecimal> groups) {
        Charge charge = price.charge(groups.stream().map(Usage::of).toList(), EUR);

        assertAddsUp(charge);
        BigDecimal alone = groups.stream()
                .map(quantity -> price.breakdown(Usage.of(quantity)).total())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(charge.exactAmount()).isEqualByComparingTo(alone);
    }

    private static void assertAddsUp(Charge charge) {
        assertThat(sum(charge.breakdown())).isEqualByComparingTo(charge.amount());
        assertThat(sum(charge.breakdown().stream()
                        .filter(line -> line.kind() != Kind.ROUNDING)
                        .toList()))
                .isEqualByComparingTo(charge.exactAmount());
        for (Line line : charge.breakdown()) {
            if (line.unitAmount() != null) {
                BigDecimal flat = line.flatAmount() == null ? BigDecimal.ZERO : line.flatAmount();
                assertThat(Objects.requireNonNull(line.quantity())
                                .multiply(line.unitAmount())
                                .add(flat))
                        .isEqualByComparingTo(line.amount());
            }
        }
    }

    private static BigDecimal sum(List<Line> lines) {
        return lines.stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Property
    void theUnitsOfTheBreakdownAreThoseThatWereUsed(
            @ForAll("tiers") Tiers tiers, @ForAll("terms") Terms terms, @ForAll("anyQuantities") BigDecimal quantity) {
        for (Model model : List.of(new Graduated(tiers), new Volume(tiers), new Stairstep(tiers))) {
            Breakdown breakdown = new Price(model, terms, Split.NONE).breakdown(Usage.of(quantity));
            BigDecimal units = breakdown.lines().stream()
                    .filter(line -> line.kind() == Kind.UNITS || line.kind() == Kind.FREE)
                    .map(line -> Objects.requireNonNull(line.quantity()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(units).isEqualByComparingTo(quantity);
        }
    }

    @Property
    void freeUnitsNeverRaiseAPrice(
            @ForAll("prices") Price price,
            @ForAll("quantities") BigDecimal quantity,
            @ForAll("quantities") BigDecimal freeUnits) {
        // A stairstep that falls charges more for less, with free units or without.
        if (price.model() instanceof Stairstep(Tiers tiers) && !rises(tiers)) {
            return;
        }
        Price without = withFreeUnits(price, BigDecimal.ZERO);
        Price with = withFreeUnits(price, freeUnits);

        assertThat(exact(with, quantity)).isLessThanOrEqualTo(exact(without, quantity));
    }

    private static boolean rises(Tiers tiers) {
        List<BigDecimal> flats = tiers.list().stream().map(Tier::flatAmount).toList();
        return flats.equals(flats.stream().sorted().toList());
    }

    private static Price withFreeUnits(Price price, BigDecimal freeUnits) {
        Terms terms = price.terms();
        return new Price(
                price.model(),
                new Terms(
                        freeUnits,
                        terms.discountPercent(),
                        terms.maximumAmount(),
                        terms.minimumAmount(),
                        terms.zeroUsageFlat()),
                price.split());
    }

    @Property
    void onlyVolumeAndStairstepCanFallAsUsageGrows(
            @ForAll("prices") Price price,
            @ForAll("anyQuantities") BigDecimal quantity,
            @ForAll("quantities") BigDecimal more) {
        if (price.model() instanceof Volume || price.model() instanceof Stairstep) {
            return;
        }
        // Less than nothing is more usage than none: flats that are skipped at zero are due below it.
        if (price.terms().zeroUsageFlat() == Terms.ZeroUsageFlat.SKIP && quantity.signum() < 0) {
            return;
        }
        assertThat(exact(price, quantity.add(more))).isGreaterThanOrEqualTo(exact(price, quantity));
    }

    @Property
    void graduatedJumpsByTheFlatAmountOfTheNextTierAndNoMore(@ForAll("tiers") Tiers tiers) {
        Price price = Price.of(new Graduated(tiers));
        for (int i = 0; i < tiers.bounds().size(); i++) {
            BigDecimal bound = tiers.bounds().get(i);
            Tier next = tiers.list().get(i + 1);
            BigDecimal jump = exact(price, bound.add(STEP)).subtract(exact(price, bound));
            assertThat(jump)
                    .isEqualByComparingTo(
                            next.flatAmount().add(next.unitAmount().multiply(STEP)));
        }
    }

    @Property
    void volumeAndGraduatedAreTheSameInOneTier(
            @ForAll("amounts") BigDecimal unitAmount,
            @ForAll("amounts") BigDecimal flatAmount,
            @ForAll("terms") Terms terms,
            @ForAll("anyQuantities") BigDecimal quantity) {
        Tiers tiers = new Tiers(List.of(new Tier(1, Bound.OPEN, unitAmount, flatAmount)));
        assertThat(exact(new Price(new Volume(tiers), terms, Split.NONE), quantity))
                .isEqualByComparingTo(exact(new Price(new Graduated(tiers), terms, Split.NONE), quantity));
    }

    @Property
    void graduatedOfTheSamePriceEverywhereIsPerUnit(
            @ForAll("tiers") Tiers tiers,
            @ForAll("amounts") BigDecimal unitAmount,
            @ForAll("anyQuantities") BigDecimal quantity) {
        Tiers same = new Tiers(tiers.list().stream()
                .map(tier -> new Tier(tier.number(), tier.upTo(), unitAmount, BigDecimal.ZERO))
                .toList());
        assertThat(exact(Price.of(new Graduated(same)), quantity))
                .isEqualByComparingTo(exact(Price.of(new PerUnit(unitAmount)), quantity));
    }

    @Property
    void anAmountLiesBetweenMinimumAndMaximum(
            @ForAll("prices") Price price, @ForAll("anyQuantities") BigDecimal quantity) {
        BigDecimal amount = exact(price, quantity);
        BigDecimal max = price.terms().maximumAmount();
        BigDecimal min = price.terms().minimumAmount();
        assertThat(max == null || amount.compareTo(max) <= 0).isTrue();
        assertThat(min == null || amount.compareTo(min) >= 0).isTrue();
    }

    @Property
    void anEventMoreNeverCostsLessUnlessItIsARefund(
            @ForAll("percentages") Percentage model,
            @ForAll("events") List<BigDecimal> events,
            @ForAll("quantities") BigDecimal next) {
        Price price = Price.of(model);
        List<BigDecimal> more = new ArrayList<>(events);
        more.add(next);
        assertThat(price.breakdown(Usage.ofEvents(more)).total())
                .isGreaterThanOrEqualTo(price.breakdown(Usage.ofEvents(events)).total());
    }

    @Property
    void aPriceThatIsWrittenDownReadsAsTheSamePrice(@ForAll("allPrices") Price price) {
        // A flat price has no free units to write down.
        Price written = price.model() instanceof Flat ? withFreeUnits(price, BigDecimal.ZERO) : price;
        assertThat(PriceCheck.check(PriceFields.of(written), "").strict())
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(written);
    }

    private static BigDecimal exact(Price price, BigDecimal quantity) {
        return price.breakdown(Usage.of(quantity)).total();
    }

    @Provide
    Arbitrary<Price> prices() {
        return PriceArbitraries.prices();
    }

    @Provide
    Arbitrary<Price> allPrices() {
        return Arbitraries.oneOf(
                PriceArbitraries.prices(),
                PriceArbitraries.percentages().map(Price::of),
                PriceArbitraries.prices()
                        .map(price -> new Price(
                                price.model(), price.terms(), new Split(List.of("region"), Split.Window.DAY))));
    }

    @Provide
    Arbitrary<Percentage> percentages() {
        return PriceArbitraries.percentages();
    }

    @Provide
    Arbitrary<Terms> terms() {
        return PriceArbitraries.terms();
    }

    @Provide
    Arbitrary<Tiers> tiers() {
        return PriceArbitraries.tiers();
    }

    @Provide
    Arbitrary<BigDecimal> amounts() {
        return PriceArbitraries.amounts();
    }

    @Provide
    Arbitrary<BigDecimal> quantities() {
        return PriceArbitraries.quantities();
    }

    @Provide
    Arbitrary<BigDecimal> anyQuantities() {
        return PriceArbitraries.anyQuantities();
    }

    @Provide
    Arbitrary<List<BigDecimal>> events() {
        return PriceArbitraries.events();
    }

    @Provide
    Arbitrary<List<BigDecimal>> groups() {
        return PriceArbitraries.anyQuantities().list().ofMaxSize(6);
    }

    @Provide
    Arbitrary<Currency> currencies() {
        return Arbitraries.of("EUR", "JPY", "KWD").map(Currency::getInstance);
    }
}
