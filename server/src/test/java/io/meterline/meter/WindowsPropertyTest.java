package io.meterline.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Period;
import io.meterline.event.Timestamps;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

final class WindowsPropertyTest {

    @Property(tries = 2_000)
    void windowsAdjoinAndAreThePeriod(
            @ForAll("zones") ZoneId zone,
            @ForAll WindowSize size,
            @ForAll("times") Instant from,
            @ForAll @LongRange(min = 1, max = 40L * 86_400_000_000L) long micros) {
        Period period = new Period(Timestamps.micros(from), Timestamps.micros(from) + micros);

        List<Period> windows = Windows.of(period, size, zone);

        assertThat(windows.getFirst().fromMicros()).isEqualTo(period.fromMicros());
        assertThat(windows.getLast().toMicros()).isEqualTo(period.toMicros());
        for (int i = 1; i < windows.size(); i++) {
            assertThat(windows.get(i).fromMicros()).isEqualTo(windows.get(i - 1).toMicros());
            assertThat(windows.get(i).fromMicros())
                    .isGreaterThan(windows.get(i - 1).fromMicros());
            assertIsBoundary(start(windows.get(i), zone), size, zone);
        }
    }

    @Property(tries = 1_000)
    void noWindowHoldsTwoDays(@ForAll("zones") ZoneId zone, @ForAll("times") Instant from) {
        Period period = new Period(Timestamps.micros(from), Timestamps.micros(from.plus(Duration.ofDays(30))));

        for (Period day : Windows.of(period, WindowSize.DAY, zone)) {
            ZonedDateTime start = start(day, zone);
            ZonedDateTime last = Timestamps.instant(day.toMicros() - 1).atZone(zone);
            assertThat(last.toLocalDate()).isEqualTo(start.toLocalDate());
        }
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                        "UTC",
                        "Europe/Paris",
                        "America/New_York",
                        "Australia/Lord_Howe",
                        "Africa/Cairo",
                        "America/Havana",
                        "America/St_Johns",
                        "Asia/Beirut",
                        "Asia/Kathmandu",
                        "Pacific/Apia",
                        "Pacific/Chatham",
                        "America/Santiago",
                        "+05:45")
                .map(ZoneId::of);
    }

    /** Within the years in which zones change by today's kind of rules. */
    @Provide
    Arbitrary<Instant> times() {
        return Arbitraries.longs()
                .between(Instant.parse("2012-01-01T00:00:00Z").getEpochSecond(), 2_000_000_000L)
                .map(Instant::ofEpochSecond);
    }

    private static void assertIsBoundary(ZonedDateTime start, WindowSize size, ZoneId zone) {
        if (size == WindowSize.HOUR) {
            assertThat(start.toLocalTime().toSecondOfDay() % 3_600).isZero();
            return;
        }
        assertThat(start).isEqualTo(start.toLocalDate().atStartOfDay(zone));
        if (size == WindowSize.WEEK) {
            assertThat(start.getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
        }
        if (size == WindowSize.MONTH) {
            assertThat(start.getDayOfMonth()).isEqualTo(1);
        }
    }

    private static ZonedDateTime start(Period window, ZoneId zone) {
        return Timestamps.instant(window.fromMicros()).atZone(zone);
    }
}
