package io.meterline.console.aggregator;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * A calendar month up to now, and as much of the month before: what is compared when a month is not over.
 *
 * @param to the end of the month, or the next full minute while it lasts
 * @param running whether the month is not over
 */
public record Months(
        YearMonth month, ZoneId zone, Instant from, Instant to, Instant before, Instant beforeTo, boolean running) {

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    public static Months of(YearMonth month, ZoneId zone, Instant now) {
        ZonedDateTime start = month.atDay(1).atStartOfDay(zone);
        ZonedDateTime end = month.plusMonths(1).atDay(1).atStartOfDay(zone);
        ZonedDateTime soon = now.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        boolean running = soon.isBefore(end);
        ZonedDateTime to = running && soon.isAfter(start) ? soon : end;
        ZonedDateTime before = month.minusMonths(1).atDay(1).atStartOfDay(zone);
        ZonedDateTime same = running ? before.plus(ChronoUnit.MINUTES.between(start, to), ChronoUnit.MINUTES) : start;
        ZonedDateTime beforeTo = same.isAfter(start) ? start : same;
        return new Months(
                month, zone, start.toInstant(), to.toInstant(), before.toInstant(), beforeTo.toInstant(), running);
    }

    public static Months now(ZoneId zone, Instant now) {
        return of(YearMonth.from(now.atZone(zone)), zone, now);
    }

    /** Such as {@code November 2026}. */
    public String name() {
        return NAME.format(month);
    }

    /** What the figure is compared with: {@code 1 – 21 Oct}, or the month's name when it is whole. */
    public String beforeName() {
        return running ? "1 – " + DAY.format(beforeTo.minusNanos(1).atZone(zone)) : NAME.format(month.minusMonths(1));
    }
}
