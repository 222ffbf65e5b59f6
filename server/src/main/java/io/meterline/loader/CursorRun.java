package io.meterline.loader;

import io.meterline.event.PropertyValue;
import io.meterline.loader.CursorState.Point;
import io.meterline.loader.source.BadCellException;
import io.meterline.loader.source.Bindings;
import io.meterline.loader.source.BoundValue;
import io.meterline.loader.source.Column;
import io.meterline.loader.source.RowStream;
import io.meterline.loader.source.SourceMoment;
import io.meterline.loader.source.ValueType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The cursor during one run: what {@code :cursor} is bound to, the greatest value seen, and how far the saved one may go.
 *
 * <p>It never passes rows that were not committed when the query ran, wherever the source tells enough to know. Why and
 * how: docs/internals/decisions.md.
 */
final class CursorRun {

    // Local times and dates may be those of any zone.
    private static final long ZONES_MICROS = Duration.ofDays(1).toNanos() / 1_000;

    private final CursorRule rule;
    private final CursorState state;
    private final boolean full;
    private final SourceMoment moment;
    private final int column;
    private final ValueType type;
    private final @Nullable BoundValue before;
    private @Nullable BoundValue seenOther;
    private long seenMicros = Long.MIN_VALUE;

    /**
     * Throws {@link LoadException}: {@code cursor_column_missing}, {@code cursor_column_type}, {@code
     * invalid_cursor_value}.
     *
     * @param full whether everything is to be read again
     */
    CursorRun(CursorRule rule, CursorState state, boolean full, SourceMoment moment, List<Column> columns) {
        this.rule = rule;
        this.state = state;
        this.full = full;
        this.moment = moment;
        this.column = ResultShape.position(columns, rule.column());
        if (column < 0) {
            throw new LoadException(
                    "cursor_column_missing",
                    "The query returns no column " + rule.column()
                            + ", which is the cursor's. Return it, or name another.");
        }
        this.type = type(columns.get(column));
        this.before = state.value() == null ? null : CursorValues.parse(type, state.value());
    }

    private static ValueType type(Column column) {
        if (column.valueType() == null) {
            throw new LoadException(
                    "cursor_column_type",
                    "The column " + column.name() + " is a " + column.type()
                            + "; a cursor follows times, numbers, texts or UUIDs.");
        }
        return column.valueType();
    }

    /** True when the run begins with the initial value. */
    boolean readsEverything() {
        return full || before == null;
    }

    BoundValue start() {
        if (before != null && !full) {
            return CursorValues.minus(before, rule.overlap());
        }
        return rule.initial() == null ? new BoundValue.Least(type) : CursorValues.parse(type, rule.initial());
    }

    Bindings bindings() {
        Bindings clock = bindings(state, moment);
        return new Bindings(start(), clock.lastRun(), clock.now());
    }

    /** Those of a query without cursor. */
    static Bindings bindings(CursorState state, SourceMoment moment) {
        Bindings first = Bindings.at(moment);
        return state.lastRunMicros() == null
                ? first
                : new Bindings(null, new BoundValue.Time(ValueType.ZONED_TIME, state.lastRunMicros()), first.now());
    }

    /** Looks at the row that the stream stands on. A null, or a value that cannot be read, says nothing. */
    void see(RowStream rows) {
        if (rows.isNull(column)) {
            return;
        }
        try {
            if (type.isTime()) {
                seenMicros = Math.max(seenMicros, rows.micros(column));
            } else if (type == ValueType.INTEGER || type == ValueType.NUMBER) {
                seeNumber(rows.value(column));
            } else {
                String text = rows.text(column);
                seenOther =
                        text == null ? seenOther : CursorValues.greatest(seenOther, new BoundValue.Text(type, text));
            }
        } catch (BadCellException e) {
            // The row itself is set aside, if it needs the value.
        }
    }

    private void seeNumber(PropertyValue value) {
        if (value instanceof PropertyValue.Number number) {
            BigDecimal greatest = seenOther instanceof BoundValue.Number seen ? seen.value() : null;
            if (greatest == null || number.value().compareTo(greatest) > 0) {
                seenOther = new BoundValue.Number(type, number.value());
            }
        }
    }

    /**
     * What to save once every row is stored.
     *
     * @param next the number that the source's next transaction will get, read after the last row
     * @param startedAtMicros our time
     */
    CursorState after(OptionalLong next, long startedAtMicros) {
        BoundValue greatest = CursorValues.greatest(before, seen());
        List<Point> points = state.points();
        Long oldestOpen = moment.oldestOpen();
        BoundValue hold = greatest;
        if (oldestOpen != null && next.isPresent()) {
            Point now = new Point(next.getAsLong(), CursorValues.text(greatest));
            List<Point> known = new ArrayList<>(points);
            known.add(now);
            hold = CursorState.behind(known, oldestOpen, type);
            points = CursorState.with(points, oldestOpen, now);
        }
        Long openSince = moment.openSinceMicros();
        if (type == ValueType.ZONED_TIME && openSince != null) {
            // A row of that very moment may be to come, and the query may ask for greater ones only.
            hold = new BoundValue.Time(type, openSince - 1);
        }
        BoundValue safe = CursorValues.greatest(before, CursorValues.least(limited(greatest), hold));
        return new CursorState(
                type,
                CursorValues.text(safe),
                points,
                lastRun(moment),
                readsEverything() ? Long.valueOf(startedAtMicros) : state.lastFullMicros());
    }

    /** What {@code :last_run} is in the next run. */
    static long lastRun(SourceMoment moment) {
        Long openSince = moment.openSinceMicros();
        return openSince == null ? moment.nowMicros() : Math.min(openSince, moment.nowMicros());
    }

    private @Nullable BoundValue seen() {
        return seenMicros == Long.MIN_VALUE ? seenOther : new BoundValue.Time(type, seenMicros);
    }

    // One row of the future must not hide those that come before that time.
    private @Nullable BoundValue limited(@Nullable BoundValue value) {
        return switch (type) {
            case ZONED_TIME -> CursorValues.least(value, new BoundValue.Time(type, moment.nowMicros()));
            case LOCAL_TIME, DATE ->
                CursorValues.least(value, new BoundValue.Time(type, moment.nowMicros() + ZONES_MICROS));
            case INTEGER, NUMBER, TEXT, UUID -> value;
        };
    }
}
