package io.meterline.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterline.event.Period;
import io.meterline.event.RuleException;
import io.meterline.event.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WindowsTest {

    @ParameterizedTest
    @CsvSource({
        "Europe/Paris,2026-03-29,23:00,23",
        "Europe/Paris,2026-10-25,25:00,25",
        "America/New_York,2026-03-08,23:00,23",
        "America/New_York,2026-11-01,25:00,25",
        "Australia/Lord_Howe,2026-10-04,23:30,23",
        "Australia/Lord_Howe,2026-04-05,24:30,24",
        "Asia/Kathmandu,2026-06-01,24:00,24",
        "UTC,2026-03-29,24:00,24",
    })
    void aDayIsAsLongAsTheClockSays(String zone, LocalDate date, String length, int hours) {
        // Given
        ZoneId id = ZoneId.of(zone);
        Period around =
                period(date.minusDays(1).atStartOfDay(id), date.plusDays(2).atStartOfDay(id));

        // When
        List<Period> days = Windows.of(around, WindowSize.DAY, id);

        // Then
        assertThat(days).hasSize(3);
        String[] parts = length.split(":", -1);
        assertThat(length(days.get(1)))
                .isEqualTo(Duration.ofHours(Integer.parseInt(parts[0])).plusMinutes(Integer.parseInt(parts[1])));
        assertThat(Windows.of(days.get(1), WindowSize.HOUR, id)).hasSize(hours);
    }

    @Test
    void hoursGoOnAcrossAHalfHourShift() {
        ZoneId lordHowe = ZoneId.of("Australia/Lord_Howe");
        LocalDate back = LocalDate.of(2026, 4, 5);

        List<Period> hours = Windows.of(
                period(back.atStartOfDay(lordHowe), back.atTime(4, 0).atZone(lordHowe)), WindowSize.HOUR, lordHowe);

        assertThat(hours)
                .extracting(WindowsTest::length)
                .containsExactly(Duration.ofHours(1), Duration.ofMinutes(90), Duration.ofHours(1), Duration.ofHours(1));
    }

    @Test
    void aSkippedMidnightStartsTheDayLater() {
        ZoneId cairo = ZoneId.of("Africa/Cairo");
        LocalDate forward = LocalDate.of(2026, 4, 24);

        List<Period> days = Windows.of(
                period(
                        forward.minusDays(1).atStartOfDay(cairo),
                        forward.plusDays(1).atStartOfDay(cairo)),
                WindowSize.DAY,
                cairo);

        assertThat(days).hasSize(2);
        assertThat(local(days.get(1), cairo).toLocalTime()).isEqualTo(LocalTime.of(1, 0));
    }

    @Test
    void aDateThatNeverWasHasNoWindow() {
        ZoneId apia = ZoneId.of("Pacific/Apia");

        List<Period> days = Windows.of(
                period(
                        LocalDate.of(2011, 12, 29).atStartOfDay(apia),
                        LocalDate.of(2012, 1, 1).atStartOfDay(apia)),
                WindowSize.DAY,
                apia);

        assertThat(days)
                .extracting(day -> local(day, apia).toLocalDate())
                .containsExactly(LocalDate.of(2011, 12, 29), LocalDate.of(2011, 12, 31));
    }

    @Test
    void clocksGoingBackOverMidnightDoNotBeginADayTwice() {
        ZoneId stJohns = ZoneId.of("America/St_Johns");

        List<Period> days = Windows.of(
                period(
                        LocalDate.of(2010, 11, 6).atStartOfDay(stJohns),
                        LocalDate.of(2010, 11, 9).atStartOfDay(stJohns)),
                WindowSize.DAY,
                stJohns);

        assertThat(days)
                .extracting(WindowsTest::length)
                .containsExactly(Duration.ofHours(24), Duration.ofHours(25), Duration.ofHours(24));
    }

    @Test
    void weeksBeginOnMondayAndAreClipped() {
        List<Period> weeks =
                Windows.of(period("2026-01-01T00:00:00Z", "2026-01-14T12:00:00Z"), WindowSize.WEEK, ZoneId.of("UTC"));

        assertThat(weeks)
                .containsExactly(
                        period("2026-01-01T00:00:00Z", "2026-01-05T00:00:00Z"),
                        period("2026-01-05T00:00:00Z", "2026-01-12T00:00:00Z"),
                        period("2026-01-12T00:00:00Z", "2026-01-14T12:00:00Z"));
    }

    @Test
    void monthsAreThoseOfTheZone() {
        List<Period> months = Windows.of(
                period("2026-01-31T23:30:00Z", "2026-03-31T22:30:00Z"), WindowSize.MONTH, ZoneId.of("Europe/Paris"));

        assertThat(months)
                .containsExactly(
                        period("2026-01-31T23:30:00Z", "2026-02-28T23:00:00Z"),
                        period("2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z"),
                        period("2026-03-31T22:00:00Z", "2026-03-31T22:30:00Z"));
    }

    @Test
    void anEmptyPeriodHasNoWindows() {
        assertThat(Windows.of(new Period(5, 5), WindowSize.HOUR, ZoneId.of("UTC")))
                .isEmpty();
    }

    @Test
    void theNumberOfWindowsIsBounded() {
        Period tooLong = period("2025-01-01T00:00:00Z", "2026-03-01T00:00:00Z");

        RuleException refused =
                catchThrowableOfType(RuleException.class, () -> Windows.of(tooLong, WindowSize.HOUR, ZoneId.of("UTC")));

        assertThat(refused.code()).isEqualTo("too_many_windows");
    }

    private static Duration length(Period window) {
        return Duration.between(Timestamps.instant(window.fromMicros()), Timestamps.instant(window.toMicros()));
    }

    private static ZonedDateTime local(Period window, ZoneId zone) {
        return Timestamps.instant(window.fromMicros()).atZone(zone);
    }

    private static Period period(ZonedDateTime from, ZonedDateTime to) {
        return new Period(Timestamps.micros(from.toInstant()), Timestamps.micros(to.toInstant()));
    }

    private static Period period(String from, String to) {
        return new Period(Timestamps.micros(Instant.parse(from)), Timestamps.micros(Instant.parse(to)));
    }
}
