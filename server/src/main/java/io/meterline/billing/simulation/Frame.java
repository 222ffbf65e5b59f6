package io.meterline.billing.simulation;

import io.meterline.event.Period;
import java.time.ZoneId;
import java.util.List;

/**
 * The time over which somebody is simulated.
 *
 * @param periods adjoining, at least one
 * @param zone whose calendar cuts windows
 * @param allTime whether everything counts that is dated before the end of a period, instead of what is dated in it
 */
record Frame(List<Period> periods, ZoneId zone, boolean allTime) {

    Frame {
        periods = List.copyOf(periods);
    }

    /** What counts for a period. */
    Period measured(int period) {
        Period one = periods.get(period);
        return allTime ? Period.until(one.toMicros()) : one;
    }
}
