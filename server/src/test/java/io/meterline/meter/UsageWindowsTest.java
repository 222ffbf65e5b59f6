package io.meterline.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.meter.UsageAnswer.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures over time: windows, clock changes, levels. */
final class UsageWindowsTest extends UsageQuestions {

    @Test
    void allTimeCountsEveryRecordDatedBeforeItsEnd() {
        // Given
        push(1, "2001-01-01T00:00:00Z", "x", 1);
        push(1, "2026-02-15T11:59:59Z", "x", 1);
        push(1, "2026-02-15T12:00:00Z", "x", 1);

        // When
        UsageAnswer now = ask(TestDefinitions.count("usage"), allTime(null));
        UsageAnswer later = ask(TestDefinitions.count("usage"), allTime(at("2026-02-16T00:00:00Z")));

        // Then
        assertThat(now.value()).isEqualTo(BigDecimal.TWO);
        assertThat(now.from()).isNull();
        assertThat(now.to()).isEqualTo(NOW);
        assertThat(later.value()).isEqualTo(BigDecimal.valueOf(3));
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Paris,2026-03-29,23",
        "Europe/Paris,2026-10-25,25",
        "America/New_York,2026-03-08,23",
        "America/New_York,2026-11-01,25",
        "Australia/Lord_Howe,2026-10-04,23",
        "Australia/Lord_Howe,2026-04-05,24"
    })
    void onDaysOfClockChangesNothingIsLostOrCountedTwice(String zone, String date, int hours) {
        // Given
        ZoneId id = ZoneId.of(zone);
        Instant from = LocalDate.parse(date).atStartOfDay(id).toInstant();
        Instant to = LocalDate.parse(date).plusDays(1).atStartOfDay(id).toInstant();
        long events = 0;
        for (Instant time = from.minusSeconds(1800);
                time.isBefore(to.plusSeconds(3600));
                time = time.plusSeconds(1800)) {
            push(1, time.toString());
            events += time.isBefore(from) || !time.isBefore(to) ? 0 : 1;
        }

        // When
        UsageAnswer answer = ask(
                TestDefinitions.count("usage"),
                new UsageTerms(Mode.PERIOD, from, to, WindowSize.HOUR, id, List.of(), null));

        // Then
        assertThat(answer.windows()).hasSize(hours);
        assertThat(answer.events()).isEqualTo(events);
        assertThat(answer.windows().stream().mapToLong(Window::events).sum()).isEqualTo(events);
        assertThat(answer.windows())
                .allSatisfy(window -> assertThat(window.events())
                        .isEqualTo(Duration.between(window.from(), window.to()).dividedBy(Duration.ofMinutes(30))));
    }

    @Test
    void emptyWindowsAreThereAndALevelGoesOnFromWindowToWindow() {
        // Given
        push(1, "2026-01-06T00:00:00Z", "x", 10);
        push(1, "2026-01-19T12:00:00Z", "x", -4);
        UsageTerms weeks = new UsageTerms(
                Mode.PERIOD,
                at("2026-01-05T00:00:00Z"),
                at("2026-01-20T00:00:00Z"),
                WindowSize.WEEK,
                ZoneId.of("UTC"),
                List.of(),
                null);

        // When
        UsageAnswer count = ask(TestDefinitions.count("usage"), weeks);
        UsageAnswer level = ask(TestDefinitions.usage("\"operation\":\"weighted_sum\",\"property\":\"x\""), weeks);

        // Then
        assertThat(count.windows()).extracting(Window::value).containsExactly(number("1"), number("0"), number("1"));
        assertThat(count.windows())
                .extracting(Window::from)
                .containsExactly(at("2026-01-05T00:00:00Z"), at("2026-01-12T00:00:00Z"), at("2026-01-19T00:00:00Z"));
        assertThat(level.windows())
                .extracting(Window::value)
                .containsExactly(number("8.571428571428571429"), number("10"), number("8"));
        assertThat(level.windows()).extracting(Window::events).containsExactly(1L, 0L, 1L);
    }

    @Test
    void carryOverStartsAtTheLevelThatEarlierEventsLeft() {
        push(1, "2025-06-01T00:00:00Z", "x", 31);
        push(1, "2026-01-31T00:00:00Z", "x", 31);

        UsageAnswer from0 = ask(TestDefinitions.usage("\"operation\":\"weighted_sum\",\"property\":\"x\""), JANUARY);
        UsageAnswer carried = ask(
                TestDefinitions.usage("\"operation\":\"weighted_sum\",\"property\":\"x\",\"carry_over\":true"),
                JANUARY);

        assertThat(from0.value()).isEqualTo(number("1"));
        assertThat(carried.value()).isEqualTo(number("32"));
        assertThat(carried.events()).isEqualTo(1);
    }

    private static UsageTerms allTime(@Nullable Instant to) {
        return terms(Mode.ALL_TIME, null, to, null);
    }
}
