package io.meterline.loader.source;

import io.meterline.event.Timestamps;
import java.time.LocalDate;

/**
 * Values of placeholders as text of a query: not every server of ClickHouse takes parameters. Numbers and times are
 * written by us; of a text, quotes and backslashes are escaped.
 */
final class ClickHouseLiterals {

    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final int SECONDS_LENGTH = 19;
    private static final int SCALE = 9;

    private ClickHouseLiterals() {}

    /** What stands for a placeholder whose value is not known yet. */
    static String unknown(Placeholder placeholder) {
        return placeholder == Placeholder.CURSOR ? "(NULL)" : "(toDateTime(0))";
    }

    static String of(BoundValue value) {
        return switch (value) {
            case BoundValue.Least least -> least(least.type());
            case BoundValue.Time time -> time(time);
            case BoundValue.Number number ->
                number.type() == ValueType.INTEGER
                        ? "(toInt64('" + number.value().toBigInteger() + "'))"
                        : "(toDecimal128('"
                                + number.value()
                                        .setScale(SCALE, java.math.RoundingMode.DOWN)
                                        .toPlainString() + "', " + SCALE + "))";
            case BoundValue.Text text -> "('" + escaped(text.value()) + "')";
        };
    }

    private static String least(ValueType type) {
        return switch (type) {
            case ZONED_TIME, LOCAL_TIME -> "(toDateTime(0))";
            case DATE -> "(toDate(0))";
            case INTEGER -> "(toInt64('" + Long.MIN_VALUE + "'))";
            case NUMBER -> "(toDecimal128('-9999999999999999999', " + SCALE + "))";
            case TEXT, UUID -> "('')";
        };
    }

    // Whole seconds, cut: the types with fractions came later. A cursor that is a little earlier reads a row again.
    private static String time(BoundValue.Time time) {
        return time.type() == ValueType.DATE
                ? "(toDate('" + LocalDate.ofEpochDay(Math.floorDiv(time.micros(), MICROS_PER_DAY)) + "'))"
                : "(toDateTime('"
                        + Timestamps.text(time.micros())
                                .substring(0, SECONDS_LENGTH)
                                .replace('T', ' ') + "', 'UTC'))";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("'", "\\'");
    }
}
