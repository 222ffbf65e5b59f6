package io.meterline.store.duckdb;

import io.meterline.store.Measure;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * How a measure is asked for: expressions for each event, the {@link #readCounts counts} and aggregates over them, and how
 * to read these into a {@link Tally}.
 *
 * <p>Wide numbers are summed in two halves, before and after the point, because a sum of {@code DECIMAL(38,18)} would
 * overflow. Sums come back as text, so that no driver type stands between.
 */
record MeasureSql(List<String> expressions, List<String> counts, List<String> aggregates, Reader reader) {

    private static final String VALUE = "coalesce(CAST(n AS DECIMAL(38,18)), x)";

    /** Counts of events that count, lack the property, have it of another kind, or count by coercion. */
    private static final List<String> COUNTS = List.of(
            "count(*) FILTER (WHERE counted)",
            "count(*) FILTER (WHERE NOT present)",
            "count(*) FILTER (WHERE present AND NOT counted)",
            "count(*) FILTER (WHERE counted AND coerced)");

    /** The same where every event counts. */
    private static final List<String> COUNTS_OF_ALL = List.of("count(*)", "0", "0", "0");

    /** The same of a property that never was anything but a narrow number; half a millisecond less to plan and run. */
    private static final List<String> COUNTS_OF_NARROW = List.of("count(n)", "count(*) - count(n)", "0", "0");

    /** Reads the aggregates, which begin at column {@code at}. */
    interface Reader {
        void read(ResultSet row, int at, Tally into) throws SQLException;
    }

    static MeasureSql of(Measure measure, TypeLayout layout, long fromMicros) {
        return switch (measure) {
            case Measure.Count ignored ->
                new MeasureSql(List.of("seq"), COUNTS_OF_ALL, List.of(), (row, at, tally) -> {});
            case Measure.CountDistinct(String property) -> distinct(PropertySql.of(layout, property));
            case Measure.Sum(String property) -> sum(layout, property);
            case Measure.Average(String property) -> sum(layout, property);
            case Measure.Max(String property) -> extreme(layout, property, "max");
            case Measure.Min(String property) -> extreme(layout, property, "min");
            case Measure.Latest(String property) -> latest(layout, property);
            case Measure.WeightedSum(String property, boolean ignored) -> weighted(layout, property, fromMicros);
            case Measure.Percentile(String property, BigDecimal ignored) ->
                numeric(layout, property, List.of(), (row, at, tally) -> {});
            case Measure.Formula ignored -> throw new IllegalArgumentException("formulas are computed outside of SQL");
        };
    }

    static void readCounts(ResultSet row, int at, Tally into) throws SQLException {
        into.events = row.getLong(at);
        into.missing = row.getLong(at + 1);
        into.notNumeric = row.getLong(at + 2);
        into.coerced = row.getLong(at + 3);
    }

    private static MeasureSql distinct(PropertySql property) {
        return new MeasureSql(
                List.of(
                        property.isPresent() + " AS present",
                        property.isPresent() + " AS counted",
                        "FALSE AS coerced",
                        property.canonicalText() + " AS v"),
                COUNTS,
                List.of("count(DISTINCT v)"),
                (row, at, tally) -> tally.first = row.getBigDecimal(at));
    }

    private static MeasureSql numeric(TypeLayout layout, String name, List<String> aggregates, Reader reader) {
        PropertySql property = PropertySql.of(layout, name);
        return new MeasureSql(
                number(property), property.isAlwaysNarrow() ? COUNTS_OF_NARROW : COUNTS, aggregates, reader);
    }

    /** {@code n} is a number that fits the narrow column, {@code x} any other. */
    private static List<String> number(PropertySql property) {
        return List.of(
                "ts",
                "seq",
                property.isPresent() + " AS present",
                property.isNumber() + " AS counted",
                property.isCoerced() + " AS coerced",
                property.narrowNumber() + " AS n",
                property.otherNumber() + " AS x");
    }

    private static MeasureSql sum(TypeLayout layout, String name) {
        List<String> aggregates = PropertySql.of(layout, name).isAlwaysNarrow()
                ? List.of("sum(n)", "NULL", "NULL")
                : List.of("sum(n)", "sum(trunc(x))", "sum(x % 1)");
        return numeric(layout, name, aggregates, MeasureSql::readSum);
    }

    private static MeasureSql extreme(TypeLayout layout, String name, String function) {
        boolean max = function.equals("max");
        String ofOther = PropertySql.of(layout, name).isAlwaysNarrow() ? "NULL" : function + "(x)";
        return numeric(layout, name, List.of(function + "(n)", ofOther), (row, at, tally) -> {
            BigDecimal narrow = row.getBigDecimal(at);
            BigDecimal other = row.getBigDecimal(at + 1);
            if (narrow == null || other == null) {
                tally.first = narrow == null ? other : narrow;
            } else {
                tally.first = max ? narrow.max(other) : narrow.min(other);
            }
        });
    }

    private static MeasureSql latest(TypeLayout layout, String name) {
        String order = "row(ts, seq)) FILTER (WHERE counted)";
        List<String> aggregates =
                List.of("max_by(" + VALUE + ", " + order, "max_by(ts, " + order, "max_by(seq, " + order);
        return numeric(layout, name, aggregates, (row, at, tally) -> {
            tally.first = row.getBigDecimal(at);
            if (tally.first != null) {
                tally.latestMicros = row.getLong(at + 1);
                tally.latestSequence = row.getLong(at + 2);
            }
        });
    }

    private static MeasureSql weighted(TypeLayout layout, String name, long fromMicros) {
        return numeric(layout, name, WeightedSums.aggregates(VALUE, fromMicros), WeightedSums::read);
    }

    private static void readSum(ResultSet row, int at, Tally tally) throws SQLException {
        if (tally.events > 0) {
            tally.first = decimal(row, at).add(decimal(row, at + 1)).add(decimal(row, at + 2));
        }
    }

    static BigDecimal decimal(ResultSet row, int at) throws SQLException {
        String text = row.getString(at);
        return text == null ? BigDecimal.ZERO : new BigDecimal(text);
    }
}
