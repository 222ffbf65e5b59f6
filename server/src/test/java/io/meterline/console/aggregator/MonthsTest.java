package io.meterline.console.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class MonthsTest {

    private static final ZoneId UTC = ZoneId.of("UTC");

    @Test
    void aMonthThatIsNotOverIsComparedWithAsMuchOfTheOneBefore() {
        Months months = Months.now(UTC, Instant.parse("2026-11-21T14:30:20Z"));

        assertThat(months.from()).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(months.to()).isEqualTo("2026-11-21T14:31:00Z");
        assertThat(months.before()).isEqualTo("2026-10-01T00:00:00Z");
        assertThat(months.beforeTo()).isEqualTo("2026-10-21T14:31:00Z");
        assertThat(months.beforeName()).isEqualTo("1 – 21 Oct");
    }

    @Test
    void theEndOfALongMonthIsComparedWithTheWholeOfAShortOne() {
        Months months = Months.now(UTC, Instant.parse("2026-03-31T12:00:00Z"));

        assertThat(months.beforeTo()).isEqualTo("2026-03-01T00:00:00Z");
    }

    @Test
    void aMonthThatIsOverIsComparedAsAWhole() {
        Months months =
                Months.of(YearMonth.of(2026, 10), ZoneId.of("Europe/Paris"), Instant.parse("2026-11-21T14:30:20Z"));

        assertThat(months.from()).isEqualTo("2026-09-30T22:00:00Z");
        assertThat(months.to()).isEqualTo("2026-10-31T23:00:00Z");
        assertThat(months.beforeTo()).isEqualTo(months.from());
        assertThat(months.beforeName()).isEqualTo("September 2026");
    }

    @Test
    void changesArePercentOfWhatWasBefore() {
        assertThat(Change.between(new BigDecimal("80"), new BigDecimal("100")))
                .isEqualTo(new Change("+25 %", "arrow-up"));
        assertThat(Change.between(new BigDecimal("3"), new BigDecimal("2")))
                .isEqualTo(new Change("\u221233.3 %", "arrow-down"));
        assertThat(Change.between(BigDecimal.ONE, BigDecimal.ONE)).isEqualTo(new Change("0 %", null));
        assertThat(Change.between(BigDecimal.ZERO, BigDecimal.ONE)).isNull();
        assertThat(Change.between(null, BigDecimal.ONE)).isNull();
    }

    @Test
    void longFractionsAreCutVisiblyAndKeptInFull() {
        assertThat(Figure.of(new BigDecimal("53.142857142857142857")))
                .isEqualTo(new Figure("≈53.1429", "53.142857142857142857"));
        assertThat(Figure.of(new BigDecimal("1234.5000"))).isEqualTo(new Figure("1,234.5", "1,234.5"));
    }
}
