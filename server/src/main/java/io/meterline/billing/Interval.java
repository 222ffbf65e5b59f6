package io.meterline.billing;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How long a billing period is, by the calendar: {@code count} days, weeks, months or years. */
public record Interval(Unit unit, int count) {

    /** The most of a unit. */
    public static final int MAX_COUNT = 366;

    /** One month. */
    public static final Interval MONTHLY = new Interval(Unit.MONTHS, 1);

    /** How long it is on average. */
    Duration length() {
        ChronoUnit calendar = switch (unit) {
            case DAYS -> ChronoUnit.DAYS;
            case WEEKS -> ChronoUnit.WEEKS;
            case MONTHS -> ChronoUnit.MONTHS;
            case YEARS -> ChronoUnit.YEARS;
        };
        return calendar.getDuration().multipliedBy(count);
    }

    /** A unit of the calendar. */
    public enum Unit {
        DAYS,
        WEEKS,
        MONTHS,
        YEARS;

        /** The name in the API. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Unit> of(String text) {
            return Arrays.stream(values())
                    .filter(unit -> unit.text().equals(text))
                    .findFirst();
        }
    }
}
