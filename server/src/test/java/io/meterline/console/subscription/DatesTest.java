package io.meterline.console.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.console.subscription.Subscription.Span;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Periods as the clocks of a time zone show them. */
final class DatesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-01-01T00:00:00Z | 2026-02-01T00:00:00Z | UTC           | 1 – 31 Jan 2026",
                "2026-01-31T23:00:00Z | 2026-02-28T23:00:00Z | Europe/Paris  | 1 – 28 Feb 2026",
                "2026-01-15T00:00:00Z | 2026-02-15T00:00:00Z | UTC           | 15 Jan – 14 Feb 2026",
                "2025-12-15T00:00:00Z | 2026-01-15T00:00:00Z | UTC           | 15 Dec 2025 – 14 Jan 2026",
                "2026-03-29T00:00:00Z | 2026-03-30T00:00:00Z | UTC           | 29 Mar 2026",
                "2026-01-01T10:30:00Z | 2026-02-01T00:00:00Z | UTC           | 1 Jan 2026, 10:30 – 1 Feb 2026, 00:00",
            })
    void aPeriodEndsWithItsLastDay(Instant from, Instant to, String zone, String words) {
        assertThat(Dates.period(new Span(from, to), zone)).isEqualTo(words);
    }

    @Test
    void aMomentShowsItsTimeWhereItIsNotMidnight() {
        assertThat(Dates.moment(Instant.parse("2026-01-31T23:00:00Z"), "Europe/Paris"))
                .isEqualTo("1 Feb 2026");
        assertThat(Dates.moment(Instant.parse("2026-01-31T23:00:01Z"), "UTC")).isEqualTo("31 Jan 2026, 23:00:01");
    }

    @Test
    void whatAFieldShowsIsReadAsTheSameTime() {
        Instant time = Instant.parse("2026-07-01T22:15:00Z");

        assertThat(FormFields.time(Dates.field(time, "Europe/Paris"), "Europe/Paris"))
                .isEqualTo(time.toString());
        assertThat(FormFields.time("2026-07-02T00:15", "Europe/Paris")).isEqualTo(time.toString());
        assertThat(FormFields.time("yesterday", "Europe/Paris")).isEqualTo("yesterday");
    }
}
