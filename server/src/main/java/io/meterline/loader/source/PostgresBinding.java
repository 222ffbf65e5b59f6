package io.meterline.loader.source;

import io.meterline.event.Timestamps;
import java.time.LocalDate;
import java.util.List;

/** Values of placeholders as PostgreSQL reads them: texts of settings, cast to the type of the column they go with. */
final class PostgresBinding {

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    // Fits a float8 too; numerics with infinity came with 14, and events hold 20 digits before the point.
    private static final String LEAST_NUMERIC = "-1e300";

    // A bare NULL takes the type of what it is compared with. Where it is part of an expression it may need one.
    private static final List<String> POSSIBLE =
            List.of("", "timestamptz", "timestamp", "int8", "numeric", "date", "text", "uuid");

    private PostgresBinding() {}

    /** Types to try for {@code :cursor}, the likeliest first. */
    static List<String> possibleTypes(SqlText query) {
        return query.uses(Placeholder.CURSOR) ? POSSIBLE : List.of("");
    }

    /** An expression for a placeholder whose value is not known yet. */
    static String unknown(Placeholder placeholder, String cursorType) {
        return switch (placeholder) {
            case CURSOR -> cursorType.isEmpty() ? "(NULL)" : "(NULL::" + cursorType + ")";
            case LAST_RUN, NOW -> "(NULL::timestamptz)";
        };
    }

    static String setting(Placeholder placeholder) {
        return switch (placeholder) {
            case CURSOR -> "meterline.cursor";
            case LAST_RUN -> "meterline.last_run";
            case NOW -> "meterline.now";
        };
    }

    /** An expression that reads the setting. Text is compared by code points, whatever the column's own order is. */
    static String expression(Placeholder placeholder, Bindings bindings) {
        String read = "current_setting('" + setting(placeholder) + "')";
        return switch (bindings.of(placeholder).type()) {
            case ZONED_TIME -> "(" + read + "::timestamptz)";
            case LOCAL_TIME -> "(" + read + "::timestamp)";
            case DATE -> "(" + read + "::date)";
            case INTEGER -> "(" + read + "::int8)";
            case NUMBER -> "(" + read + "::numeric)";
            case TEXT -> "(" + read + " COLLATE \"C\")";
            case UUID -> "(" + read + "::uuid)";
        };
    }

    static String text(BoundValue value) {
        return switch (value) {
            case BoundValue.Least least -> least(least.type());
            case BoundValue.Time time -> time(time);
            case BoundValue.Number number -> number.value().toPlainString();
            case BoundValue.Text text -> text.value();
        };
    }

    private static String time(BoundValue.Time time) {
        return switch (time.type()) {
            case ZONED_TIME -> Timestamps.text(time.micros());
            case LOCAL_TIME -> Timestamps.text(time.micros()).replace("Z", "");
            case DATE ->
                LocalDate.ofEpochDay(Math.floorDiv(time.micros(), MICROS_PER_DAY))
                        .toString();
            case INTEGER, NUMBER, TEXT, UUID -> throw new IllegalArgumentException(time.type() + " is no time");
        };
    }

    private static String least(ValueType type) {
        return switch (type) {
            case ZONED_TIME, LOCAL_TIME, DATE -> "-infinity";
            case INTEGER -> Long.toString(Long.MIN_VALUE);
            case NUMBER -> LEAST_NUMERIC;
            case TEXT -> "";
            case UUID -> "00000000-0000-0000-0000-000000000000";
        };
    }
}
