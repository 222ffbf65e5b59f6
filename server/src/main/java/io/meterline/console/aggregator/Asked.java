package io.meterline.console.aggregator;

import io.meterline.console.Address;
import io.meterline.event.Period;
import io.meterline.event.Timestamps;
import io.meterline.http.Query;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a page of usage is about: from when to when, cut how, of whom.
 *
 * @param preset the name of the period, or {@code custom}
 * @param first the first day
 * @param last the last day, part of it
 * @param to the end of the last day, or soon when that is not over
 * @param allTime whether every record counts that is dated before {@code to}
 * @param window what the figure is split by
 */
public record Asked(
        String preset,
        LocalDate first,
        LocalDate last,
        ZoneId zone,
        Instant from,
        Instant to,
        boolean allTime,
        String window,
        @Nullable String customer) {

    static final String[] PARAMETERS = {"period", "from", "until", "time_zone", "mode", "window", "customer"};

    private static final String CUSTOM = "custom";
    private static final Set<String> CALENDAR = Set.of("month", "last-month", "3-months", "12-months");
    private static final List<String> WINDOWS = List.of("hour", "day", "week", "month");
    private static final long MOST_DAYS_BY_HOUR = 31;
    private static final long MOST_DAYS_BY_DAY = 366;
    private static final long DAYS_BY_HOUR = 2;
    private static final long DAYS_BY_DAY = 92;
    private static final long MOST_DAYS = 3_660;

    static Asked of(Query query, Instant now) {
        ZoneId zone = query.zone("time_zone").orElse(ZoneId.of("UTC"));
        LocalDate today = LocalDate.ofInstant(now, zone);
        Optional<LocalDate> from = day(query, "from");
        LocalDate last = day(query, "until").orElse(today);
        String preset = from.isPresent() ? CUSTOM : query.text("period").orElse("month");
        LocalDate first = from.orElseGet(() -> first(preset, today));
        LocalDate end = preset.equals("last-month") ? YearMonth.from(first).atEndOfMonth() : last;
        if (end.isBefore(first)) {
            throw Query.invalid("until", "must not lie before from");
        }
        if (ChronoUnit.DAYS.between(first, end) > MOST_DAYS) {
            throw Query.invalid("from", "must lie within ten years of until");
        }
        Instant soon = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        Instant start = first.atStartOfDay(zone).toInstant();
        Instant over = end.plusDays(1).atStartOfDay(zone).toInstant();
        Instant to = over.isAfter(soon) && soon.isAfter(start) ? soon : over;
        long days = ChronoUnit.DAYS.between(first, end) + 1;
        String window =
                query.text("window").filter(one -> windows(days).contains(one)).orElseGet(() -> usual(days));
        boolean allTime = query.text("mode").filter("all_time"::equals).isPresent();
        return new Asked(
                preset,
                first,
                end,
                zone,
                start,
                to,
                allTime,
                window,
                query.text("customer").orElse(null));
    }

    private static LocalDate first(String preset, LocalDate today) {
        return switch (preset) {
            case "today" -> today;
            case "7d" -> today.minusDays(6);
            case "last-month" -> today.withDayOfMonth(1).minusMonths(1);
            case "3-months" -> today.withDayOfMonth(1).minusMonths(2);
            case "12-months" -> today.withDayOfMonth(1).minusMonths(11);
            case "month" -> today.withDayOfMonth(1);
            default ->
                throw Query.invalid("period", "must be one of today, 7d, month, last-month, 3-months, 12-months");
        };
    }

    private static Optional<LocalDate> day(Query query, String name) {
        return query.text(name).map(text -> {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException e) {
                throw Query.invalid(name, "must be a day such as 2026-01-31");
            }
        });
    }

    private static List<String> windows(long days) {
        return WINDOWS.stream()
                .filter(window -> switch (window) {
                    case "hour" -> days <= MOST_DAYS_BY_HOUR;
                    case "day" -> days <= MOST_DAYS_BY_DAY;
                    default -> true;
                })
                .toList();
    }

    private static String usual(long days) {
        return days <= DAYS_BY_HOUR ? "hour" : days <= DAYS_BY_DAY ? "day" : "month";
    }

    /** What the period can be split by without thousands of columns. */
    public List<String> windows() {
        return windows(days());
    }

    public long days() {
        return ChronoUnit.DAYS.between(first, last) + 1;
    }

    /** What the figure is compared with: of whole months as much of those before, else the same length of time before. */
    Period before() {
        ZonedDateTime start = from.atZone(zone);
        ZonedDateTime earlier = CALENDAR.contains(preset)
                ? start.minusMonths(ChronoUnit.MONTHS.between(YearMonth.from(first), YearMonth.from(last)) + 1)
                : start.minus(Duration.between(from, to));
        boolean over = !to.isBefore(last.plusDays(1).atStartOfDay(zone).toInstant());
        boolean whole = CALENDAR.contains(preset)
                && over
                && last.equals(YearMonth.from(last).atEndOfMonth());
        Instant same = earlier.toInstant().plus(Duration.between(from, to));
        Instant end = whole || same.isAfter(from) ? from : same;
        return new Period(Timestamps.micros(earlier.toInstant()), Timestamps.micros(end));
    }

    /** The period before in words: {@code 1 – 21 Oct}. */
    public String beforeName() {
        Period before = before();
        LocalDate start = LocalDate.ofInstant(Timestamps.instant(before.fromMicros()), zone);
        LocalDate end = LocalDate.ofInstant(Timestamps.instant(before.toMicros() - 1), zone);
        return Labels.days(start, end);
    }

    /** A question to the usage of an aggregator, about the whole of it. */
    Address target(String path) {
        Address target = Address.of(path).with("customer_id", customer);
        return allTime
                ? target.with("mode", "all_time").with("to", to)
                : target.with("from", from).with("to", to);
    }

    /** The same, split in time. */
    Address windowed(String path) {
        return allTime ? target(path) : target(path).with("window", window).with("time_zone", zoneOrNone());
    }

    /** The time zone where it is not the usual one. */
    public @Nullable String zoneOrNone() {
        return zone.getId().equals("UTC") ? null : zone.getId();
    }

    /** This page as it is. */
    Address here(String path) {
        Address here = Address.of(path);
        here = preset.equals(CUSTOM)
                ? here.with("from", first).with("until", last)
                : here.with("period", preset.equals("month") ? null : preset);
        return here.with("time_zone", zoneOrNone())
                .with("mode", allTime ? "all_time" : null)
                .with("window", window.equals(usual(days())) ? null : window)
                .with("customer", customer);
    }
}
