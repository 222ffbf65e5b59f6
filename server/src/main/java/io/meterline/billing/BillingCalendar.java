package io.meterline.billing;

import io.meterline.event.Period;
import io.meterline.event.Timestamps;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * The endless row of billing periods before and after an anchor: what the calendar of a time zone says, and no more.
 *
 * <p>A period begins whenever the local clock shows the time of day of the anchor, so many whole intervals from its date.
 * Each is counted from the anchor and not from the one before, so that the 31st is the 28th in February and the 31st again
 * in March. A time of day that the clocks skip is as much later as they skip; one that they show twice is the first of the
 * two. A date that a time zone leaves out begins nothing.
 *
 * @param anchorMicros a time at which a period begins
 */
public record BillingCalendar(Interval interval, long anchorMicros, ZoneId zone) {

    /** The period that holds a time. Periods adjoin, and none is empty. */
    Period around(long micros) {
        LocalDateTime anchor = local(anchorMicros);
        long index = Math.floorDiv(unit().between(anchor, local(micros)), interval.count());
        while (start(anchor, index) > micros) {
            index--;
        }
        while (start(anchor, index + 1) <= micros) {
            index++;
        }
        return new Period(start(anchor, index), start(anchor, index + 1));
    }

    private long start(LocalDateTime anchor, long index) {
        LocalDateTime shown = anchor.plus(Math.multiplyExact(index, interval.count()), unit());
        return Timestamps.micros(shown.atZone(zone).toInstant());
    }

    private LocalDateTime local(long micros) {
        return LocalDateTime.ofInstant(Timestamps.instant(micros), zone);
    }

    private ChronoUnit unit() {
        return switch (interval.unit()) {
            case DAYS -> ChronoUnit.DAYS;
            case WEEKS -> ChronoUnit.WEEKS;
            case MONTHS -> ChronoUnit.MONTHS;
            case YEARS -> ChronoUnit.YEARS;
        };
    }
}
