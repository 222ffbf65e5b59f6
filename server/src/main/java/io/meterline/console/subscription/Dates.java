package io.meterline.console.subscription;

import io.meterline.console.subscription.Subscription.Span;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as the clocks of a subscription's time zone show them. */
public final class Dates {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter FIELD = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ENGLISH);

    private Dates() {}

    /**
     * From the first to the last day, both included, where they begin and end at midnight: {@code 1 – 31 Jan 2026}; otherwise
     * with the time of day.
     */
    public static String period(Span span, String zone) {
        ZonedDateTime from = at(span.from(), zone);
        ZonedDateTime to = at(span.to(), zone);
        if (!isMidnight(from) || !isMidnight(to) || !from.isBefore(to)) {
            return time(from) + " – " + time(to);
        }
        ZonedDateTime last = to.minusDays(1);
        if (from.toLocalDate().equals(last.toLocalDate())) {
            return DAY.format(from);
        }
        String end = DAY.format(last);
        if (from.getYear() != last.getYear()) {
            return DAY.format(from) + " – " + end;
        }
        return from.getMonth() == last.getMonth()
                ? from.getDayOfMonth() + " – " + end
                : DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).format(from) + " – " + end;
    }

    /** A day where it begins at midnight, else with its time. */
    public static String moment(Instant time, String zone) {
        ZonedDateTime at = at(time, zone);
        return isMidnight(at) ? DAY.format(at) : time(at);
    }

    /** As a field for a date and time takes it. */
    public static String field(Instant time, String zone) {
        return FIELD.format(at(time, zone));
    }

    private static String time(ZonedDateTime at) {
        return (at.getSecond() == 0 && at.getNano() == 0 ? MINUTE : SECOND).format(at);
    }

    private static ZonedDateTime at(Instant time, String zone) {
        return time.atZone(zone(zone));
    }

    private static ZoneId zone(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            return ZoneId.of("UTC");
        }
    }

    private static boolean isMidnight(ZonedDateTime at) {
        return at.toLocalTime().equals(LocalTime.MIDNIGHT);
    }
}
