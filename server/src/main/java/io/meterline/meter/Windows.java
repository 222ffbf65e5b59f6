package io.meterline.meter;

import io.meterline.event.Period;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.Timestamps;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a period at the hours, days, weeks or months of a time zone.
 *
 * <p>An hour begins whenever the local clock shows a full hour, so the day on which clocks go back has 25 of them, and
 * where clocks move by half an hour one of them lasts 90 minutes. A day begins at the first moment of its date: at
 * midnight, or later where midnight is skipped. A date that a time zone leaves out has no window.
 */
public final class Windows {

    /** More are refused; a year has 8,784 hours at most. */
    public static final int MAX = 10_000;

    private Windows() {}

    /**
     * Adjoining windows, in order, that together are the period; the first and the last are clipped to it.
     *
     * <p>Throws a {@link RuleException} when there would be more than {@value #MAX}.
     */
    public static List<Period> of(Period period, WindowSize size, ZoneId zone) {
        List<Period> windows = new ArrayList<>();
        long start = period.fromMicros();
        while (start < period.toMicros()) {
            if (windows.size() == MAX) {
                throw new RuleException(
                        Kind.INVALID,
                        "too_many_windows",
                        "the period has more than " + MAX + " windows; ask for a shorter period or a larger window");
            }
            long next = Timestamps.micros(boundaryAfter(Timestamps.instant(start), size, zone));
            long end = Math.min(next, period.toMicros());
            windows.add(new Period(start, end));
            start = end;
        }
        return windows;
    }

    private static Instant boundaryAfter(Instant time, WindowSize size, ZoneId zone) {
        return switch (size) {
            case HOUR -> nextFullHour(time, zone.getRules());
            case DAY, WEEK, MONTH -> nextStartOfDay(time, size, zone);
        };
    }

    private static Instant nextFullHour(Instant time, ZoneRules rules) {
        Instant from = time;
        while (true) {
            ZoneOffset offset = rules.getOffset(from);
            Instant fullHour = LocalDateTime.ofInstant(from, offset)
                    .truncatedTo(ChronoUnit.HOURS)
                    .plusHours(1)
                    .toInstant(offset);
            ZoneOffsetTransition change = rules.nextTransition(from);
            if (change == null || change.getInstant().isAfter(fullHour)) {
                return fullHour;
            }
            LocalDateTime shown = change.getDateTimeAfter();
            if (shown.equals(shown.truncatedTo(ChronoUnit.HOURS))) {
                return change.getInstant();
            }
            from = change.getInstant();
        }
    }

    private static Instant nextStartOfDay(Instant time, WindowSize size, ZoneId zone) {
        LocalDate date = LocalDate.ofInstant(time, zone);
        while (true) {
            date = next(date, size);
            // Not after where clocks went back over midnight or a date is left out: that day has begun already.
            Instant start = date.atStartOfDay(zone).toInstant();
            if (start.isAfter(time)) {
                return start;
            }
        }
    }

    private static LocalDate next(LocalDate date, WindowSize size) {
        return switch (size) {
            case HOUR -> throw new IllegalArgumentException("an hour is no number of days");
            case DAY -> date.plusDays(1);
            case WEEK -> date.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
            case MONTH -> date.with(TemporalAdjusters.firstDayOfNextMonth());
        };
    }
}
