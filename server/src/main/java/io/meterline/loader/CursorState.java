package io.meterline.loader;

import io.meterline.event.RuleException;
import io.meterline.loader.source.BoundValue;
import io.meterline.loader.source.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a loader goes on: what its last successful run left.
 *
 * @param type of the value; null while there is none, and when a person gave a value that no run has used yet
 * @param value such that every row that can still turn up has a greater one; null before the first run
 * @param points how far earlier runs had seen, the oldest first
 * @param lastRunMicros the source's time before the last successful run, held back to its open transactions
 * @param lastFullMicros our time at the start of the last run that read everything
 */
record CursorState(
        @Nullable ValueType type,
        @Nullable String value,
        List<Point> points,
        @Nullable Long lastRunMicros,
        @Nullable Long lastFullMicros) {

    static final CursorState NONE = new CursorState(null, null, List.of(), null, null);

    private static final int MAX_POINTS = 32;

    CursorState {
        points = List.copyOf(points);
    }

    /**
     * What a run had seen. A transaction with this number, or a greater one, began to write after the run's query.
     *
     * @param next from {@link io.meterline.loader.source.SourceSession#nextTransaction}
     * @param value greatest value of the cursor's column then, as text; null when there was no row
     */
    record Point(long next, @Nullable String value) {}

    /** Where a person wants it. Throws {@link RuleException} {@code invalid_cursor}. */
    CursorState movedTo(String wanted) {
        try {
            String text = type == null ? wanted : CursorValues.text(CursorValues.parse(type, wanted));
            return new CursorState(type, text, List.of(), lastRunMicros, lastFullMicros);
        } catch (LoadException e) {
            throw new RuleException(
                    RuleException.Kind.INVALID, "invalid_cursor", e.error().message());
        }
    }

    /** The value of the newest point that no open transaction reaches behind; null when there is none. */
    static @Nullable BoundValue behind(List<Point> points, long oldestOpen, ValueType type) {
        for (Point point : points.reversed()) {
            if (point.next() <= oldestOpen && point.value() != null) {
                return CursorValues.parse(type, point.value());
            }
        }
        return null;
    }

    /** The points that a later run may still need, and a new one. */
    static List<Point> with(List<Point> points, long oldestOpen, Point added) {
        List<Point> kept = new ArrayList<>();
        for (Point point : points) {
            if (point.next() <= oldestOpen) {
                // Open transactions only end: an older point will not be needed any more.
                kept.clear();
            }
            kept.add(point);
        }
        kept.add(added);
        // Leaving one out means reading a little more again.
        for (int i = kept.size() - 2; i > 0 && kept.size() > MAX_POINTS; i -= 2) {
            kept.remove(i);
        }
        return kept;
    }
}
