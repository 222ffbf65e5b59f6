package io.meterline.store.duckdb;

import io.meterline.store.EventAmounts;
import io.meterline.store.UsageQuery;
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
 * Reads the amounts of events one by one, from a result that comes piece by piece. The database sorts, and writes to disk
 * what it has no memory for.
 */
final class AmountReader {

    private final UsageQuery query;
    private final TypeLayout layout;
    private final UsageSql usage;
    private final FormulaEvaluator formula;

    AmountReader(Moment moment, TypeLayout layout, UsageQuery query) {
        this.query = query;
        this.layout = layout;
        this.usage = new UsageSql(moment, layout, query);
        this.formula = new FormulaEvaluator(EventAmounts.expression(query.measure()));
    }

    void read(EventAmounts.Sink sink) throws SQLException {
        boolean windowed = !query.windows().isEmpty();
        UsageSql.Level level = new UsageSql.Level(
                new Tallies(query), usage.source().groupKeys().size(), windowed);
        int at = usage.source().keys().size() + 1;
        List<@Nullable String> group = List.of();
        Map<String, BigDecimal> values = new HashMap<>();
        Condition sorted = sorted();
        try (PreparedStatement statement = usage.prepare(sorted.sql(), sorted.parameters());
                ResultSet row = usage.execute(statement)) {
            while (row.next()) {
                for (int i = 0; i < formula.properties().size(); i++) {
                    values.put(formula.properties().get(i), row.getBigDecimal(at + i));
                }
                BigDecimal amount = formula.rounded(values);
                if (amount != null) {
                    List<@Nullable String> next = level.group(row);
                    group = next.equals(group) ? group : next;
                    sink.accept(group, windowed ? level.window(row) : EventAmounts.WHOLE_PERIOD, amount);
                }
            }
        }
    }

    /** The keys and the numbers of each event that has them all, in order. */
    private Condition sorted() {
        List<String> expressions = new ArrayList<>();
        List<String> selected = new ArrayList<>(usage.source().keys());
        List<String> numeric = new ArrayList<>();
        for (int i = 0; i < formula.properties().size(); i++) {
            String number = PropertySql.of(layout, formula.properties().get(i)).number();
            expressions.add(number + " AS v" + i);
            selected.add("v" + i);
            numeric.add("v" + i + " IS NOT NULL");
        }
        expressions.addAll(List.of("ts", "seq"));
        List<String> order = new ArrayList<>();
        usage.source().groupKeys().forEach(key -> order.add(key + " ASC NULLS LAST"));
        order.addAll(List.of("ts", "seq"));
        if (selected.isEmpty()) {
            selected.add("seq");
        }
        Condition source = usage.source().select(expressions);
        String where = numeric.isEmpty() ? "" : " WHERE " + String.join(" AND ", numeric);
        return new Condition(
                "SELECT " + String.join(", ", selected) + " FROM (" + source.sql() + ")" + where + " ORDER BY "
                        + String.join(", ", order),
                source.parameters());
    }
}
