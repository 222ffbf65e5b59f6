package io.meterline.store.duckdb;

import io.meterline.event.Decimals;
import io.meterline.event.Period;
import io.meterline.store.Measure;
import io.meterline.store.UsageResult.Cell;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of a level averaged over time.
 *
 * <p>A change {@code v} at time {@code t} raises the level from {@code t} to the end {@code b}, so it adds {@code v * (b -
 * t)} to the area under the level. With the sum {@code S} of the changes and their moment {@code M}, the sum of {@code v *
 * (t - origin)}, that is {@code S * (b - origin) - M}. Both are sums, so windows and groups can be put together from parts,
 * and the one division comes last.
 */
final class WeightedSums {

    private static final int MICROS_PER_SECOND = 1_000_000;
    private static final BigDecimal FRACTION_UNIT = BigDecimal.ONE.movePointLeft(18);

    private WeightedSums() {}

    /**
     * Sum and moment in pieces whose products and sums stay far below 38 digits: value before and after the point, time in
     * seconds and microseconds.
     */
    static List<String> aggregates(String value, long origin) {
        String whole = "CAST(trunc(" + value + ") AS HUGEINT)";
        String fraction = "CAST((" + value + " % 1) * 1000000000000000000 AS HUGEINT)";
        String seconds = "CAST((ts - " + origin + ") // " + MICROS_PER_SECOND + " AS HUGEINT)";
        String micros = "CAST((ts - " + origin + ") % " + MICROS_PER_SECOND + " AS HUGEINT)";
        return List.of(
                "sum(" + whole + ")",
                "sum(" + fraction + ")",
                "sum(" + whole + " * " + seconds + ")",
                "sum(" + whole + " * " + micros + ")",
                "sum(" + fraction + " * " + seconds + ")",
                "sum(" + fraction + " * " + micros + ")");
    }

    static void read(ResultSet row, int at, Tally tally) throws SQLException {
        if (tally.events == 0) {
            return;
        }
        BigDecimal second = BigDecimal.valueOf(MICROS_PER_SECOND);
        tally.first =
                MeasureSql.decimal(row, at).add(MeasureSql.decimal(row, at + 1).multiply(FRACTION_UNIT));
        BigDecimal wholes = MeasureSql.decimal(row, at + 2).multiply(second).add(MeasureSql.decimal(row, at + 3));
        BigDecimal fractions = MeasureSql.decimal(row, at + 4).multiply(second).add(MeasureSql.decimal(row, at + 5));
        tally.second = wholes.add(fractions.multiply(FRACTION_UNIT));
    }

    /**
     * The level averaged over a window.
     *
     * @param level at the window's beginning, null while there was no event yet
     * @param origin what the moment is measured from
     */
    static Cell average(@Nullable Tally tally, @Nullable BigDecimal level, Period window, long origin) {
        long events = tally == null ? 0 : tally.events;
        long length = window.toMicros() - window.fromMicros();
        if ((level == null && events == 0) || length == 0) {
            return new Cell(null, events);
        }
        BigDecimal area = Tally.plus(level, null).multiply(BigDecimal.valueOf(length));
        if (tally != null && events > 0) {
            BigDecimal toEnd = BigDecimal.valueOf(window.toMicros() - origin);
            area = area.add(Tally.plus(tally.first, null).multiply(toEnd)).subtract(Tally.plus(tally.second, null));
        }
        return new Cell(Decimals.divide(area, BigDecimal.valueOf(length)), events);
    }

    /** The level after a window; null while there was no event yet. */
    static @Nullable BigDecimal levelAfter(@Nullable Tally tally, @Nullable BigDecimal level) {
        return tally == null || tally.events == 0 ? level : Tally.plus(level, tally.first);
    }

    static boolean carriesOver(Measure measure) {
        return measure instanceof Measure.WeightedSum(String ignored, boolean carryOver) && carryOver;
    }
}
