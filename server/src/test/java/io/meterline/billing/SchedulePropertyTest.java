package io.meterline.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.billing.Interval.Unit;
import io.meterline.event.Period;
import io.meterline.event.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Ten years of periods, in the years in which Sao Paulo still changed its clocks, at midnight. */
final class SchedulePropertyTest {

    private static final long DAY = Duration.ofDays(1).toNanos() / 1_000;

    @Property(tries = 300)
    void periodsNeitherOverlapNorLeaveAGapInTenYears(
            @ForAll("calendars") BillingCalendar calendar, @ForAll("starts") long start) {
        long end = Timestamps.micros(Timestamps.instant(start).plus(3_653, ChronoUnit.DAYS));
        Schedule schedule = new Schedule(List.of(new Schedule.Part(start, calendar)), end);

        List<Period> periods = periods(schedule, start);

        assertAdjoin(periods, start, end);
        for (int i = 1; i < periods.size(); i++) {
            assertShowsTheAnchor(calendar, periods.get(i).fromMicros());
            // Every moment of a period leads to that period: the first, the last and one between.
            Period period = periods.get(i);
            long middle = period.fromMicros() + (period.toMicros() - period.fromMicros()) / 2;
            assertThat(schedule.periodAt(period.toMicros() - 1)).contains(period);
            assertThat(schedule.periodAt(middle)).contains(period);
        }
    }

    @Property(tries = 300)
    void neitherDoTheyWhereTheTermsChange(
            @ForAll("calendars") BillingCalendar first,
            @ForAll("calendars") BillingCalendar second,
            @ForAll("calendars") BillingCalendar third,
            @ForAll("starts") long start,
            @ForAll("days") long untilSecond,
            @ForAll("days") long untilThird,
            @ForAll("days") long untilEnd) {
        long end = start + untilSecond + untilThird + untilEnd;
        Schedule schedule = new Schedule(
                List.of(
                        new Schedule.Part(start, first),
                        new Schedule.Part(start + untilSecond, second),
                        new Schedule.Part(start + untilSecond + untilThird, third)),
                end);

        List<Period> periods = periods(schedule, start);

        assertAdjoin(periods, start, end);
        assertThat(periods)
                .extracting(Period::fromMicros)
                .contains(start + untilSecond, start + untilSecond + untilThird);
        assertThat(schedule.periodAt(start - 1)).isEmpty();
        assertThat(schedule.periodAt(end)).isEmpty();
    }

    private static List<Period> periods(Schedule schedule, long start) {
        List<Period> periods = new ArrayList<>();
        Period period = schedule.periodAt(start).orElse(null);
        while (period != null) {
            periods.add(period);
            period = schedule.periodAt(period.toMicros()).orElse(null);
        }
        return periods;
    }

    private static void assertAdjoin(List<Period> periods, long start, long end) {
        assertThat(periods.getFirst().fromMicros()).isEqualTo(start);
        assertThat(periods.getLast().toMicros()).isEqualTo(end);
        for (int i = 0; i < periods.size(); i++) {
            assertThat(periods.get(i).toMicros()).isGreaterThan(periods.get(i).fromMicros());
            if (i > 0) {
                assertThat(periods.get(i).fromMicros())
                        .isEqualTo(periods.get(i - 1).toMicros());
            }
        }
    }

    /** The time of day of the anchor, unless the clocks skip it, and its day of the month, unless the month has none. */
    private static void assertShowsTheAnchor(BillingCalendar calendar, long start) {
        LocalDateTime anchor = LocalDateTime.ofInstant(Timestamps.instant(calendar.anchorMicros()), calendar.zone());
        LocalDateTime shown = LocalDateTime.ofInstant(Timestamps.instant(start), calendar.zone());
        LocalDateTime wanted = shown.toLocalDate().atTime(anchor.toLocalTime());
        if (!calendar.zone().getRules().getValidOffsets(wanted).isEmpty()) {
            assertThat(shown).isEqualTo(wanted);
        }
        if (calendar.interval().unit() == Unit.MONTHS) {
            assertThat(shown.getDayOfMonth())
                    .isEqualTo(
                            Math.min(anchor.getDayOfMonth(), shown.toLocalDate().lengthOfMonth()));
        }
    }

    @Provide
    Arbitrary<BillingCalendar> calendars() {
        Arbitrary<Interval> intervals = Arbitraries.of(
                new Interval(Unit.DAYS, 1),
                new Interval(Unit.DAYS, 45),
                new Interval(Unit.WEEKS, 1),
                new Interval(Unit.MONTHS, 1),
                new Interval(Unit.MONTHS, 3),
                new Interval(Unit.MONTHS, 6),
                new Interval(Unit.YEARS, 1));
        Arbitrary<ZoneId> zones =
                Arbitraries.of("Europe/Paris", "America/Sao_Paulo").map(ZoneId::of);
        // The last days of months, all days, and the times of day around which clocks change.
        Arbitrary<LocalDateTime> anchors = Combinators.combine(
                        Arbitraries.oneOf(
                                Arbitraries.of("2012-01-31", "2012-02-29", "2011-12-31", "2015-08-30")
                                        .map(LocalDate::parse),
                                Arbitraries.longs().between(0, 5_000).map(LocalDate.parse("2010-01-01")::plusDays)),
                        Arbitraries.oneOf(
                                Arbitraries.of("00:00", "00:30", "02:00", "02:30", "23:30")
                                        .map(LocalTime::parse),
                                Arbitraries.longs()
                                        .between(0, DAY - 1)
                                        .map(micros -> LocalTime.ofNanoOfDay(micros * 1_000))))
                .as(LocalDate::atTime);
        return Combinators.combine(intervals, anchors, zones)
                .as((interval, anchor, zone) -> new BillingCalendar(
                        interval, Timestamps.micros(anchor.atZone(zone).toInstant()), zone));
    }

    @Provide
    Arbitrary<Long> starts() {
        return Arbitraries.oneOf(
                Arbitraries.of("2012-01-31T00:00:00Z", "2012-02-29T12:00:00Z", "2010-01-31T02:00:00Z")
                        .map(text -> Timestamps.micros(Instant.parse(text))),
                Arbitraries.longs().between(at("2009-01-01T00:00:00Z"), at("2013-01-01T00:00:00Z")));
    }

    @Provide
    Arbitrary<Long> days() {
        return Arbitraries.longs().between(1, 800 * DAY);
    }

    private static long at(String text) {
        return Timestamps.micros(Instant.parse(text));
    }
}
