package io.meterline.billing.line;

import io.meterline.event.Period;
import io.meterline.meter.WindowSize;
import io.meterline.meter.Windows;
import io.meterline.price.Split;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Adjoining periods and the windows that they are cut into.
 *
 * @param windows of all periods, in order
 * @param starts for each period the number of its first window, and behind them the number of all windows
 */
public record Cuts(List<Period> windows, List<Integer> starts) {

    /** Cuts each period as a price splits usage; one that is not split is one window. */
    public static Cuts of(List<Period> periods, Split split, ZoneId zone) {
        List<Period> windows = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        for (Period period : periods) {
            starts.add(windows.size());
            if (split.window() == null) {
                windows.add(period);
            } else {
                windows.addAll(Windows.of(period, size(split.window()), zone));
            }
        }
        starts.add(windows.size());
        return new Cuts(windows, starts);
    }

    /** From the beginning of the first to the end of the last. */
    public Period span() {
        return new Period(windows.getFirst().fromMicros(), windows.getLast().toMicros());
    }

    /** Whether there is nothing to cut. */
    public boolean isWhole() {
        return windows.size() == 1;
    }

    /** The number of the period that a window is of. */
    int periodOf(int window) {
        int period = 0;
        while (starts.get(period + 1) <= window) {
            period++;
        }
        return period;
    }

    private static WindowSize size(Split.Window window) {
        return switch (window) {
            case HOUR -> WindowSize.HOUR;
            case DAY -> WindowSize.DAY;
            case WEEK -> WindowSize.WEEK;
            case MONTH -> WindowSize.MONTH;
        };
    }
}
