package io.meterline.price;

import static io.meterline.price.TestPrices.EUR;
import static io.meterline.price.TestPrices.number;
import static io.meterline.price.TestPrices.numbers;
import static io.meterline.price.TestPrices.price;
import static io.meterline.price.TestPrices.tiers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meterline.price.Preview.Point;
import io.meterline.price.Preview.Warning;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PreviewTest {

    private static final Price VOLUME = Price.of(new Volume(tiers("5:7 10:6.5 *:6")));

    @Test
    void aListComesAsAskedAndThenWhereTiersChange() {
        Preview preview = Preview.of(VOLUME, EUR, numbers("20 1 6"));

        assertThat(quantities(preview)).containsExactly("20", "1", "6", "5", "10", "11");
        assertThat(preview.points())
                .extracting(Point::tierChange)
                .containsExactly(false, false, true, true, true, true);
        assertThat(preview.points().getFirst().charge().amount()).isEqualTo(number("120.00"));
    }

    @Test
    void oneQuantityIsOnePoint() {
        assertThat(quantities(Preview.of(VOLUME, EUR, numbers("20")))).containsExactly("20");
        assertThat(quantities(Preview.of(VOLUME, EUR, List.of()))).isEmpty();
    }

    @Test
    void aRangeHasItsEndsEvenStepsAndWhereTiersChange() {
        assertThat(quantities(Preview.range(VOLUME, EUR, number("0"), number("12"), 4)))
                .containsExactly("0", "4", "5", "6", "8", "10", "11", "12");
        assertThat(quantities(Preview.range(Price.of(new PerUnit(BigDecimal.ONE)), EUR, number("0"), number("10"), 4)))
                .containsExactly("0", "3.33333", "6.66667", "10");
        assertThat(quantities(Preview.range(VOLUME, EUR, number("3"), number("3"), 2)))
                .containsExactly("3");
    }

    @Test
    void theFirstQuantityOfATierIsAsFineAsThePriceIsWritten() {
        Price price = price(new Graduated(tiers("10.5:2 *:1")), "2", "0", null, null);
        assertThat(quantities(Preview.range(price, EUR, number("10"), number("14"), 2)))
                .containsExactly("10", "12.5", "12.6", "14");
    }

    @Test
    void theAverageIsOfTheExactAmount() {
        Preview preview = Preview.of(Price.of(new Flat(BigDecimal.ONE)), EUR, numbers("3 0"));
        assertThat(preview.points())
                .extracting(Point::averageUnitAmount)
                .containsExactly(number("0.333333333333333333"), null);
    }

    @Test
    void aVolumePriceThatFallsAsUsageGrowsIsWarnedOf() {
        Price price = Price.of(new Volume(tiers("10:5 *:4")));

        List<Warning> warnings = Preview.of(price, EUR, numbers("1")).warnings();

        assertThat(warnings).extracting(Warning::code).containsExactly("amount_falls");
        assertThat(warnings.getFirst().path()).isEqualTo("tiers[1]");
        assertThat(warnings.getFirst().quantity()).isEqualByComparingTo("10");
        assertThat(warnings.getFirst().message())
                .isEqualTo("The amount falls as usage grows: 50.00 at 10, and 40.00 just above it.");
        assertThat(Preview.of(Price.of(new Volume(tiers("10:4 *:5"))), EUR, numbers("1"))
                        .warnings())
                .isEmpty();
    }

    @Test
    void tiersAboveTheMaximumAreWarnedOf() {
        Price price = price(new Graduated(tiers("10:5 20:4 *:3")), "0", "0", "60", null);
        assertThat(Preview.of(price, EUR, numbers("1")).warnings())
                .extracting(Warning::code, Warning::path)
                .containsExactly(tuple("tier_without_effect", "tiers[2]"));
    }

    @Test
    void aRateWrittenInPercentIsWarnedOf() {
        Percentage model = new Percentage(number("2.9"), BigDecimal.ZERO, Percentage.Allowance.NONE, null, null);
        Preview preview = Preview.ofEvents(Price.of(model), EUR, numbers("50 100"));

        assertThat(preview.warnings()).extracting(Warning::code).containsExactly("rate_above_one");
        assertThat(quantities(preview)).containsExactly("150");
        assertThat(preview.points().getFirst().charge().amount()).isEqualTo(number("435.00"));
    }

    private static List<String> quantities(Preview preview) {
        return preview.points().stream()
                .map(point -> point.quantity().toPlainString())
                .toList();
    }
}
