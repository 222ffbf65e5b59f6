package io.meterline.store.duckdb;

import io.meterline.event.Period;
import io.meterline.store.UsageQuery;
import io.meterline.store.UsageQuery.GroupBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The events that a usage query is about, as SQL: those of the period, the customers and the filter, with their group keys
 * {@code g0, g1, …} and their window {@code w}.
 */
final class UsageSource {

    private final TypeLayout layout;
    private final UsageQuery query;

    UsageSource(TypeLayout layout, UsageQuery query) {
        this.layout = layout;
        this.query = query;
    }

    /** {@code SELECT g0, …, w, <expressions> FROM …}. */
    Condition select(List<String> expressions) {
        return select(expressions, query.period(), true);
    }

    /** The same over the time before the period, without windows. */
    Condition selectBefore(List<String> expressions) {
        return select(expressions, Period.until(query.period().fromMicros()), false);
    }

    /** {@code g0, …} and {@code w}, as far as they are asked for. */
    List<String> keys() {
        List<String> keys = groupKeys();
        if (!query.windows().isEmpty()) {
            keys.add("w");
        }
        return keys;
    }

    List<String> groupKeys() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < query.groupBy().size(); i++) {
            keys.add("g" + i);
        }
        return keys;
    }

    private Condition select(List<String> expressions, Period period, boolean windows) {
        List<String> selected = new ArrayList<>();
        for (int i = 0; i < query.groupBy().size(); i++) {
            selected.add(groupKey(query.groupBy().get(i)) + " AS g" + i);
        }
        if (windows && !query.windows().isEmpty()) {
            List<Integer> rows = rows(query.windows());
            selected.add(window(rows, 0, rows.size()) + " AS w");
        }
        selected.addAll(expressions);
        if (selected.isEmpty()) {
            selected.add("seq");
        }
        Condition where = where(period);
        return new Condition(
                "SELECT " + String.join(", ", selected) + " FROM " + layout.current() + " WHERE " + where.sql(),
                where.parameters());
    }

    private Condition where(Period period) {
        List<Condition> parts = new ArrayList<>();
        if (query.customers() != null) {
            parts.add(Condition.of(Numbers.isOneOf("customer", query.customers())));
        }
        if (period.fromMicros() != Long.MIN_VALUE) {
            parts.add(Condition.of("ts >= " + period.fromMicros()));
        }
        if (period.toMicros() != Long.MAX_VALUE) {
            parts.add(Condition.of("ts < " + period.toMicros()));
        }
        parts.add(new FilterSql(layout).of(query.filter()));
        return Condition.all(parts);
    }

    private String groupKey(GroupBy key) {
        return switch (key) {
            case GroupBy.Customer ignored -> customer(query.mergedInto());
            case GroupBy.ByProperty(String property) ->
                PropertySql.of(layout, property).canonicalText();
        };
    }

    private static String customer(Map<Long, Long> mergedInto) {
        if (mergedInto.isEmpty()) {
            return "customer";
        }
        StringBuilder sql = new StringBuilder("CASE customer");
        mergedInto.forEach(
                (from, to) -> sql.append(" WHEN ").append(from).append(" THEN ").append(to));
        return sql.append(" ELSE customer END").toString();
    }

    /** Where rows of windows of one length begin: most hours are as long as the one before, so there are few. */
    private static List<Integer> rows(List<Period> windows) {
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            if (i == 0 || length(windows.get(i)) != length(windows.get(i - 1))) {
                rows.add(i);
            }
        }
        return rows;
    }

    /** A binary search for the row, and a division within it. There is a window for every time in the period. */
    private String window(List<Integer> rows, int from, int to) {
        if (to - from == 1) {
            Period first = query.windows().get(rows.get(from));
            return rows.get(from) + " + (ts - " + first.fromMicros() + ") // " + length(first);
        }
        int middle = (from + to) >>> 1;
        long begins = query.windows().get(rows.get(middle)).fromMicros();
        return "CASE WHEN ts < " + begins + " THEN " + window(rows, from, middle) + " ELSE " + window(rows, middle, to)
                + " END";
    }

    private static long length(Period window) {
        return window.toMicros() - window.fromMicros();
    }
}
