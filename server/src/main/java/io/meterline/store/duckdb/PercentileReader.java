package io.meterline.store.duckdb;

import io.meterline.event.Decimals;
import io.meterline.store.Measure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Percentiles: the database ranks the values and gives back the two around the wanted rank; the interpolation between them
 * is exact.
 */
final class PercentileReader {

    private static final int PERCENTILE_SCALE = 6;
    private static final long RANK_UNIT = 100_000_000;

    private final UsageSql usage;
    private final MeasureSql sql;
    private final long percentileMillionths;

    PercentileReader(UsageSql usage, MeasureSql sql, Measure.Percentile measure) {
        this.usage = usage;
        this.sql = sql;
        this.percentileMillionths =
                measure.percentile().movePointRight(PERCENTILE_SCALE).longValueExact();
    }

    /** Fills in the values at one level. */
    void read(List<String> keys, UsageSql.Level level) throws SQLException {
        String partition = keys.isEmpty() ? "" : "PARTITION BY " + String.join(", ", keys);
        List<String> selected = new ArrayList<>(keys);
        selected.addAll(List.of("v", "r", "c"));
        Condition source = usage.source().select(sql.expressions());
        String rank = "(" + percentileMillionths + "::HUGEINT * (c - 1))";
        String query = """
                SELECT %s FROM (
                  SELECT *, row_number() OVER (%s ORDER BY v) - 1 AS r, count(*) OVER (%s) AS c FROM (
                    SELECT *, coalesce(CAST(n AS DECIMAL(38,18)), x) AS v FROM (%s) WHERE counted))
                WHERE r = %s // %d OR r = %s // %d + 1 ORDER BY r""".formatted(
                String.join(", ", selected), partition, partition, source.sql(), rank, RANK_UNIT, rank, RANK_UNIT);
        try (PreparedStatement statement = usage.prepare(query, source.parameters());
                ResultSet row = usage.execute(statement)) {
            while (row.next()) {
                add(row, keys.size() + 1, level.tally(row));
            }
        }
    }

    /** The lower of the two values comes first. */
    private void add(ResultSet row, int at, Tally tally) throws SQLException {
        BigDecimal value = row.getBigDecimal(at);
        BigInteger rank =
                BigInteger.valueOf(percentileMillionths).multiply(BigInteger.valueOf(row.getLong(at + 2) - 1));
        BigDecimal lower = tally.first;
        if (lower == null) {
            tally.first = value;
            return;
        }
        BigDecimal share = new BigDecimal(rank.mod(BigInteger.valueOf(RANK_UNIT)));
        BigDecimal scaled = lower.multiply(BigDecimal.valueOf(RANK_UNIT))
                .add(value.subtract(lower).multiply(share));
        tally.first = Decimals.divide(scaled, BigDecimal.valueOf(RANK_UNIT));
    }
}
