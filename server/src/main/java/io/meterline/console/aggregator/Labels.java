package io.meterline.console.aggregator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Parts of a period as people call them, in a time zone. */
public final class Labels {

    private static final DateTimeFormatter HOUR = format("HH:mm");
    private static final DateTimeFormatter DAY = format("d MMM");
    private static final DateTimeFormatter MONTH = format("MMM yyyy");
    private static final DateTimeFormatter LONG_DAY = format("EEE d MMM yyyy");
    private static final DateTimeFormatter LONG_HOUR = format("EEE d MMM yyyy, HH:mm");
    private static final DateTimeFormatter LONG_MONTH = format("MMMM yyyy");

    private Labels() {}

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    /** Below a column. */
    public static String brief(Instant from, String window, ZoneId zone) {
        return switch (window) {
            case "hour" -> HOUR.withZone(zone).format(from);
            case "month" -> MONTH.withZone(zone).format(from);
            default -> DAY.withZone(zone).format(from);
        };
    }

    /** In a table or a tooltip. */
    public static String full(Instant from, String window, ZoneId zone) {
        return switch (window) {
            case "hour" -> LONG_HOUR.withZone(zone).format(from);
            case "month" -> LONG_MONTH.withZone(zone).format(from);
            case "week" -> "Week of " + LONG_DAY.withZone(zone).format(from);
            default -> LONG_DAY.withZone(zone).format(from);
        };
    }

    /** A moment: {@code 21 Nov 2026, 14:07 UTC}. */
    public static String until(Instant to, ZoneId zone) {
        return format("d MMM yyyy, HH:mm").withZone(zone).format(to) + " " + zone.getId();
    }

    /** Days in one breath: {@code 21 Oct}, {@code 1 – 21 Oct}, {@code 25 Sep – 3 Oct}. */
    public static String days(LocalDate first, LocalDate last) {
        if (first.equals(last)) {
            return DAY.format(first);
        }
        boolean oneMonth = YearMonth.from(first).equals(YearMonth.from(last));
        return (oneMonth ? Integer.toString(first.getDayOfMonth()) : DAY.format(first)) + " – " + DAY.format(last);
    }

    /** From when to when: {@code 1 Nov 2026, 00:00 – 21 Nov 2026, 14:07 UTC}. */
    public static String span(Instant from, Instant to, ZoneId zone) {
        DateTimeFormatter format = format("d MMM yyyy, HH:mm").withZone(zone);
        return format.format(from) + " – " + format.format(to) + " " + zone.getId();
    }
}
