package io.meterline.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.billing.Interval.Unit;
import io.meterline.event.Period;
import io.meterline.event.Timestamps;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Periods that were worked out by hand. */
final class BillingCalendarTest {

    @ParameterizedTest(name = "{0}, {1}, every {2} {3}")
    @CsvSource(quoteCharacter = '"', textBlock = """
            # The 31st is clamped and comes back; leap years have a 29th of February.
            Europe/Paris,      2024-01-31T00:00, 1, MONTHS, "2024-02-29T00:00 2024-03-31T00:00 2024-04-30T00:00 2024-05-31T00:00"
            Europe/Paris,      2026-01-31T00:00, 1, MONTHS, "2026-02-28T00:00 2026-03-31T00:00 2026-04-30T00:00 2026-05-31T00:00"
            America/Sao_Paulo, 2026-01-30T00:00, 1, MONTHS, "2026-02-28T00:00 2026-03-30T00:00 2026-04-30T00:00"
            Europe/Paris,      2025-11-30T00:00, 3, MONTHS, "2026-02-28T00:00 2026-05-30T00:00 2026-08-30T00:00"
            UTC,               2024-02-29T00:00, 1, YEARS,  "2025-02-28T00:00 2026-02-28T00:00 2027-02-28T00:00 2028-02-29T00:00"
            UTC,               2024-02-29T12:00, 4, YEARS,  "2028-02-29T12:00 2032-02-29T12:00"
            # March 29, 2026: clocks in Paris skip from 2 to 3. October 25: they show 2 to 3 twice.
            Europe/Paris,      2026-03-28T02:30, 1, DAYS,   "2026-03-29T03:30 2026-03-30T02:30"
            Europe/Paris,      2026-10-24T02:30, 1, DAYS,   "2026-10-25T02:30 2026-10-26T02:30"
            Europe/Paris,      2026-03-22T00:00, 1, WEEKS,  "2026-03-29T00:00 2026-04-05T00:00"
            Europe/Paris,      2026-02-28T02:30, 1, MONTHS, "2026-03-28T02:30 2026-04-28T02:30"
            # November 4, 2018: clocks in Sao Paulo skipped midnight. February 18, 2018: they showed 23 to 0 twice.
            America/Sao_Paulo, 2018-11-03T00:00, 1, DAYS,   "2018-11-04T01:00 2018-11-05T00:00"
            America/Sao_Paulo, 2018-10-04T00:00, 1, MONTHS, "2018-11-04T01:00 2018-12-04T00:00"
            America/Sao_Paulo, 2018-02-16T23:30, 1, DAYS,   "2018-02-17T23:30 2018-02-18T23:30"
            # Samoa had no December 30, 2011.
            Pacific/Apia,      2011-12-28T00:00, 1, DAYS,   "2011-12-29T00:00 2011-12-31T00:00 2012-01-01T00:00"
            """)
    void periodsBeginWhenTheLocalClockSaysSo(String zone, LocalDateTime anchor, int count, Unit unit, String expected) {
        ZoneId in = ZoneId.of(zone);
        long start = micros(anchor, in);
        BillingCalendar calendar = new BillingCalendar(new Interval(unit, count), start, in);

        List<String> begins = new ArrayList<>();
        Period period = calendar.around(start);
        while (begins.size() < expected.split(" ").length) {
            begins.add(LocalDateTime.ofInstant(Timestamps.instant(period.toMicros()), in)
                    .toString());
            period = calendar.around(period.toMicros());
        }

        assertThat(calendar.around(start).fromMicros()).isEqualTo(start);
        assertThat(String.join(" ", begins)).isEqualTo(expected);
    }

    @Test
    void aTimeOfDayThatIsShownTwiceIsTheFirst() {
        ZoneId paris = ZoneId.of("Europe/Paris");
        BillingCalendar daily = new BillingCalendar(
                new Interval(Unit.DAYS, 1), micros(LocalDateTime.parse("2026-10-24T02:30"), paris), paris);

        assertThat(text(daily.around(daily.anchorMicros()))).isEqualTo("2026-10-24T00:30:00Z 2026-10-25T00:30:00Z");
        // 02:45 in winter time: the clocks show it for the second time, in the period that began at the first.
        assertThat(text(daily.around(at("2026-10-25T01:45:00Z"))))
                .isEqualTo("2026-10-25T00:30:00Z 2026-10-26T01:30:00Z");
    }

    @Test
    void periodsGoOnBeforeTheAnchorToo() {
        BillingCalendar monthly = new BillingCalendar(Interval.MONTHLY, at("2026-03-31T00:00:00Z"), ZoneId.of("UTC"));

        assertThat(text(monthly.around(at("2026-03-01T00:00:00Z"))))
                .isEqualTo("2026-02-28T00:00:00Z 2026-03-31T00:00:00Z");
        assertThat(text(monthly.around(at("2024-02-10T00:00:00Z"))))
                .isEqualTo("2024-01-31T00:00:00Z 2024-02-29T00:00:00Z");
    }

    @Test
    void aScheduleIsCutWhereItStartsChangesAndEnds() {
        ZoneId utc = ZoneId.of("UTC");
        BillingCalendar monthly = new BillingCalendar(Interval.MONTHLY, at("2026-01-01T00:00:00Z"), utc);
        BillingCalendar weekly = new BillingCalendar(new Interval(Unit.WEEKS, 1), at("2026-03-10T06:00:00Z"), utc);
        Schedule schedule = new Schedule(
                List.of(
                        new Schedule.Part(at("2026-01-20T00:00:00Z"), monthly),
                        new Schedule.Part(at("2026-03-10T06:00:00Z"), weekly)),
                at("2026-03-20T00:00:00Z"));

        List<String> periods = new ArrayList<>();
        for (Period period = schedule.periodAt(at("2026-01-20T00:00:00Z")).orElse(null);
                period != null;
                period = schedule.periodAt(period.toMicros()).orElse(null)) {
            periods.add(text(period));
        }

        assertThat(periods)
                .containsExactly(
                        "2026-01-20T00:00:00Z 2026-02-01T00:00:00Z",
                        "2026-02-01T00:00:00Z 2026-03-01T00:00:00Z",
                        "2026-03-01T00:00:00Z 2026-03-10T06:00:00Z",
                        "2026-03-10T06:00:00Z 2026-03-17T06:00:00Z",
                        "2026-03-17T06:00:00Z 2026-03-20T00:00:00Z");
        assertThat(schedule.periodAt(at("2026-01-19T23:59:59Z"))).isEmpty();
        assertThat(schedule.periodAt(at("2026-03-20T00:00:00Z"))).isEmpty();
    }

    private static long micros(LocalDateTime local, ZoneId zone) {
        return Timestamps.micros(local.atZone(zone).toInstant());
    }

    private static long at(String text) {
        return Timestamps.micros(Instant.parse(text));
    }

    private static String text(Period period) {
        return Timestamps.text(period.fromMicros()) + " " + Timestamps.text(period.toMicros());
    }
}
