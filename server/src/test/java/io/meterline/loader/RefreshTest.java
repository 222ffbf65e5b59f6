package io.meterline.loader;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.event.RuleException;
import io.meterline.event.Timestamps;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RefreshTest {

    private static final long NOW = Timestamps.micros(Instant.parse("2026-06-01T00:00:00Z"));
    private static final long MINUTE = 60_000_000L;

    @ParameterizedTest
    @CsvSource({"PT5M, 5", "PT15M, 15", "PT30M, 30", "PT1H, 60", "PT6H, 360", "PT12H, 720", "PT24H, 1440", "P1D, 1440"})
    void aPeriodComesOnceEachPeriod(String text, int minutes) {
        Refresh refresh = Refresh.parse(text);
        long first = requireNonNull(refresh.next("ldr_a", NOW));

        assertThat(first).isBetween(NOW + 1, NOW + minutes * MINUTE);
        assertThat(refresh.next("ldr_a", first)).isEqualTo(first + minutes * MINUTE);
        assertThat(refresh.next("ldr_a", first - 1)).isEqualTo(first);
        assertThat(Refresh.parse(refresh.text())).isEqualTo(refresh);
    }

    @Test
    void manyLoadersOfOneRateAreSpread() {
        for (String text : new String[] {"PT5M", "PT1H", "PT24H", "0 * * * *"}) {
            Set<Long> seconds = new HashSet<>();
            for (int i = 0; i < 100; i++) {
                Long next = Refresh.parse(text).next(Ids.loader(), NOW);
                seconds.add(requireNonNull(next) / 1_000_000);
            }

            assertThat(seconds).as(text).hasSizeGreaterThan(20);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 6 * * 1-5 | 2026-06-01T06:00:00Z | 30",
                "*/10 * * * * | 2026-06-01T00:10:00Z | 30",
                "0 0 1 1 * | 2027-01-01T00:00:00Z | 30",
                "*/5 * * * * * | 2026-06-01T00:00:05Z | 1",
                "30 0 12 * * * | 2026-06-01T12:00:30Z | 1",
            })
    void aCronTextIsReadInUtc(String text, Instant expected, int seconds) {
        long next = requireNonNull(Refresh.parse(text).next("ldr_a", NOW + (seconds + 1) * 1_000_000L));

        assertThat(Timestamps.instant(next)).isBetween(expected, expected.plusSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "PT2H", "1h", "PT0S", "* * *", "60 * * * *", "0 0 30 2 *", "a b c d e", "* * * * * * *"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Refresh.parse(text))
                .isInstanceOfSatisfying(
                        RuleException.class, e -> assertThat(e.code()).isEqualTo("invalid_refresh"));
    }

    @Test
    void nothingIsDueByHand() {
        assertThat(Refresh.parse("manual").next("ldr_a", NOW)).isNull();
    }
}
