package io.meterline.store.duckdb;

import io.meterline.event.Decimals;
import io.meterline.event.Period;
import io.meterline.store.Measure;
import io.meterline.store.UsageQuery;
import io.meterline.store.UsageResult;
import io.meterline.store.UsageResult.Cell;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers a usage query: asks the database for exact parts, puts them together and does the one division at the end.
 *
 * <p>Most measures are asked for at the finest level, group and window, and added up from there. Distinct counts and
 * percentiles cannot be added up and are asked for at every level.
 */
final class UsageReader {

    private final UsageQuery query;
    private final @Nullable TypeLayout layout;
    private final Moment moment;
    private final Tallies tallies;
    private final Tallies before;

    UsageReader(Moment moment, @Nullable TypeLayout layout, UsageQuery query) {
        this.moment = moment;
        this.layout = layout;
        this.query = query;
        this.tallies = new Tallies(query);
        this.before = new Tallies(query);
    }

    UsageResult read() throws SQLException {
        if (query.measure() instanceof Measure.WeightedSum && !query.period().hasBeginning()) {
            throw new IllegalArgumentException("a weighted sum needs a period with a beginning");
        }
        if (layout != null) {
            tally(layout);
        }
        List<UsageResult.Group> groups = new ArrayList<>();
        for (List<@Nullable String> group : tallies.groups()) {
            add(group, groups);
        }
        for (List<@Nullable String> group : before.groups()) {
            if (tallies.find(group, Tallies.NO_WINDOW) == null) {
                add(group, groups);
            }
        }
        Tally total = tallies.at(null, Tallies.NO_WINDOW);
        return new UsageResult(cell(null, Tallies.NO_WINDOW), windows(null), groups, excluded(total), total.coerced);
    }

    private void add(List<@Nullable String> group, List<UsageResult.Group> groups) {
        Cell total = cell(group, Tallies.NO_WINDOW);
        Tally carried = before.find(group, Tallies.NO_WINDOW);
        if (total.events() > 0 || (carried != null && carried.events > 0)) {
            groups.add(new UsageResult.Group(group, total, windows(group)));
        }
    }

    private void tally(TypeLayout type) throws SQLException {
        UsageSql usage = new UsageSql(moment, type, query);
        boolean grouped = !query.groupBy().isEmpty();
        boolean windowed = !query.windows().isEmpty();
        if (query.measure() instanceof Measure.Formula formula) {
            new FormulaReader(usage, type, formula).read(query, tallies);
            return;
        }
        MeasureSql sql = MeasureSql.of(query.measure(), type, query.period().fromMicros());
        switch (query.measure()) {
            case Measure.CountDistinct ignored -> {
                for (UsageSql.Level level : levels(usage, grouped, windowed)) {
                    readLevel(usage, sql, level);
                }
            }
            case Measure.Percentile percentile -> {
                PercentileReader ranks = new PercentileReader(usage, sql, percentile);
                for (UsageSql.Level level : levels(usage, grouped, windowed)) {
                    readLevel(usage, sql, level);
                    ranks.read(keys(usage, level), level);
                }
            }
            case Measure.Count ignored -> readFinest(usage, sql, grouped, windowed);
            case Measure.Sum ignored -> readFinest(usage, sql, grouped, windowed);
            case Measure.Max ignored -> readFinest(usage, sql, grouped, windowed);
            case Measure.Min ignored -> readFinest(usage, sql, grouped, windowed);
            case Measure.Average ignored -> readFinest(usage, sql, grouped, windowed);
            case Measure.Latest ignored -> readFinest(usage, sql, grouped, windowed);
            case Measure.WeightedSum weighted -> {
                readFinest(usage, sql, grouped, windowed);
                if (weighted.carryOver()) {
                    MeasureSql sum = MeasureSql.of(new Measure.Sum(weighted.property()), type, 0);
                    readParts(
                            usage,
                            sum,
                            usage.source().selectBefore(sum.expressions()),
                            usage.level(before, grouped, false));
                }
            }
            case Measure.Formula ignored -> throw new IllegalStateException("handled above");
        }
    }

    private List<UsageSql.Level> levels(UsageSql usage, boolean grouped, boolean windowed) {
        List<UsageSql.Level> levels = new ArrayList<>();
        levels.add(usage.level(tallies, false, false));
        if (windowed) {
            levels.add(usage.level(tallies, false, true));
        }
        if (grouped) {
            levels.add(usage.level(tallies, true, false));
        }
        if (grouped && windowed) {
            levels.add(usage.level(tallies, true, true));
        }
        return levels;
    }

    private void readLevel(UsageSql usage, MeasureSql sql, UsageSql.Level level) throws SQLException {
        Condition source = usage.source().select(sql.expressions());
        readRows(usage, sql, source, level, (row, tally) -> {
            Tally here = level.tally(row);
            here.events = tally.events;
            here.missing = tally.missing;
            here.notNumeric = tally.notNumeric;
            here.coerced = tally.coerced;
            here.first = tally.first;
        });
    }

    private void readFinest(UsageSql usage, MeasureSql sql, boolean grouped, boolean windowed) throws SQLException {
        readParts(usage, sql, usage.source().select(sql.expressions()), usage.level(tallies, grouped, windowed));
    }

    private void readParts(UsageSql usage, MeasureSql sql, Condition source, UsageSql.Level level) throws SQLException {
        readRows(
                usage,
                sql,
                source,
                level,
                (row, tally) -> level.tallies()
                        .addFinest(level.group(row), level.window(row), tally, query.measure(), level.groupKeys() > 0));
    }

    private void readRows(UsageSql usage, MeasureSql sql, Condition source, UsageSql.Level level, Row each)
            throws SQLException {
        List<String> keys = keys(usage, level);
        List<String> selected = new ArrayList<>(keys);
        selected.addAll(sql.counts());
        selected.addAll(sql.aggregates());
        String groupBy = keys.isEmpty() ? "" : " GROUP BY " + String.join(", ", keys);
        String text = "SELECT " + String.join(", ", selected) + " FROM (" + source.sql() + ")" + groupBy
                + Tallies.limit(query);
        try (PreparedStatement statement = usage.prepare(text, source.parameters());
                ResultSet row = usage.execute(statement)) {
            while (row.next()) {
                Tally tally = new Tally();
                MeasureSql.readCounts(row, keys.size() + 1, tally);
                sql.reader().read(row, keys.size() + 1 + sql.counts().size(), tally);
                each.read(row, tally);
            }
        }
    }

    private static List<String> keys(UsageSql usage, UsageSql.Level level) {
        List<String> keys = new ArrayList<>();
        if (level.groupKeys() > 0) {
            keys.addAll(usage.source().groupKeys());
        }
        if (level.windowed()) {
            keys.add("w");
        }
        return keys;
    }

    private List<Cell> windows(@Nullable List<@Nullable String> group) {
        List<Cell> cells = new ArrayList<>();
        BigDecimal level = levelBefore(group);
        for (int i = 0; i < query.windows().size(); i++) {
            Tally tally = tallies.find(group, i);
            if (query.measure() instanceof Measure.WeightedSum) {
                cells.add(WeightedSums.average(
                        tally, level, query.windows().get(i), query.period().fromMicros()));
                level = WeightedSums.levelAfter(tally, level);
            } else {
                cells.add(cell(group, i));
            }
        }
        return cells;
    }

    private Cell cell(@Nullable List<@Nullable String> group, int window) {
        Tally tally = tallies.find(group, window);
        long events = tally == null ? 0 : tally.events;
        BigDecimal first = tally == null || events == 0 ? null : tally.first;
        return switch (query.measure()) {
            case Measure.Count ignored -> new Cell(BigDecimal.valueOf(events), events);
            case Measure.CountDistinct ignored -> new Cell(first == null ? BigDecimal.ZERO : first, events);
            case Measure.Average ignored ->
                new Cell(first == null ? null : Decimals.divide(first, BigDecimal.valueOf(events)), events);
            case Measure.Formula ignored ->
                new Cell(first == null ? null : Decimals.divide(first, BigDecimal.ONE), events);
            case Measure.WeightedSum ignored -> {
                Period period = query.period();
                yield WeightedSums.average(tally, levelBefore(group), period, period.fromMicros());
            }
            case Measure.Sum ignored -> canonical(first, events);
            case Measure.Max ignored -> canonical(first, events);
            case Measure.Min ignored -> canonical(first, events);
            case Measure.Latest ignored -> canonical(first, events);
            case Measure.Percentile ignored -> canonical(first, events);
        };
    }

    private static Cell canonical(@Nullable BigDecimal value, long events) {
        return new Cell(value == null ? null : Decimals.canonical(value), events);
    }

    private @Nullable BigDecimal levelBefore(@Nullable List<@Nullable String> group) {
        Tally tally = before.find(group, Tallies.NO_WINDOW);
        return tally == null || tally.events == 0 ? null : tally.first;
    }

    private static Map<String, Long> excluded(Tally total) {
        Map<String, Long> excluded = new HashMap<>();
        put(excluded, Measure.PROPERTY_MISSING, total.missing);
        put(excluded, Measure.PROPERTY_NOT_NUMERIC, total.notNumeric);
        put(excluded, Measure.DIVISION_BY_ZERO, total.divisionsByZero);
        return excluded;
    }

    private static void put(Map<String, Long> excluded, String reason, long events) {
        if (events > 0) {
            excluded.put(reason, events);
        }
    }

    /** Takes a row of an answer. */
    private interface Row {
        void read(ResultSet row, Tally tally) throws SQLException;
    }
}
