package io.meterline.console.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AskedTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "month      | 2026-11-01 | 2026-11-21 | 2026-11-21T14:08:00Z | 1 – 21 Oct",
                "last-month | 2026-10-01 | 2026-10-31 | 2026-11-01T00:00:00Z | 1 – 30 Sep",
                "3-months   | 2026-09-01 | 2026-11-21 | 2026-11-21T14:08:00Z | 1 Jun – 21 Aug",
                "month      | 2026-03-01 | 2026-03-30 | 2026-03-30T14:08:00Z | 1 – 28 Feb",
                "7d         | 2026-11-15 | 2026-11-21 | 2026-11-21T14:08:00Z | 8 – 14 Nov",
                "today      | 2026-11-21 | 2026-11-21 | 2026-11-21T14:08:00Z | 20 Nov",
                "custom     | 2026-11-03 | 2026-11-04 | 2026-11-05T00:00:00Z | 1 – 2 Nov",
            })
    void aFigureIsComparedWithAsMuchOfTheTimeBefore(
            String preset, LocalDate first, LocalDate last, Instant to, String before) {
        Instant from = first.atStartOfDay(ZoneOffset.UTC).toInstant();

        Asked asked = new Asked(preset, first, last, ZoneId.of("UTC"), from, to, false, "day", null);

        assertThat(asked.beforeName()).isEqualTo(before);
    }
}
