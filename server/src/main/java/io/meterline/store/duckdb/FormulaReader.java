package io.meterline.store.duckdb;

import io.meterline.store.Measure;
import io.meterline.store.UsageQuery;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Formulas: the database gives the numbers of each event, the arithmetic is ours, because the product of two wide decimals
 * has more digits than DuckDB can hold.
 *
 * <p>The sum is rounded to 18 fractional digits at the end.
 */
final class FormulaReader {

    private final UsageSql usage;
    private final TypeLayout layout;
    private final Measure.Formula measure;
    private final FormulaEvaluator formula;

    FormulaReader(UsageSql usage, TypeLayout layout, Measure.Formula measure) {
        this.usage = usage;
        this.layout = layout;
        this.measure = measure;
        this.formula = new FormulaEvaluator(measure.expression());
    }

    void read(UsageQuery query, Tallies tallies) throws SQLException {
        List<String> expressions = expressions(layout, formula);
        Condition source = usage.source().select(expressions);
        boolean grouped = !query.groupBy().isEmpty();
        UsageSql.Level level = usage.level(tallies, grouped, !query.windows().isEmpty());
        int at = usage.source().keys().size() + 1;
        Map<String, BigDecimal> values = new HashMap<>();
        try (PreparedStatement statement = usage.prepare(source.sql(), source.parameters());
                ResultSet row = usage.execute(statement)) {
            while (row.next()) {
                Tally one = evaluate(row, at, values);
                tallies.addFinest(level.group(row), level.window(row), one, measure, grouped);
            }
        }
    }

    /** Number, presence and coercion of each property of the formula. */
    static List<String> expressions(TypeLayout layout, FormulaEvaluator formula) {
        List<String> expressions = new ArrayList<>();
        for (int i = 0; i < formula.properties().size(); i++) {
            PropertySql property = PropertySql.of(layout, formula.properties().get(i));
            expressions.add(property.number() + " AS v" + i);
            expressions.add(property.isPresent() + " AS present" + i);
            expressions.add(property.isCoerced() + " AS coerced" + i);
        }
        return expressions;
    }

    private Tally evaluate(ResultSet row, int at, Map<String, BigDecimal> values) throws SQLException {
        Tally tally = new Tally();
        boolean coerced = false;
        boolean notNumeric = false;
        values.clear();
        for (int i = 0; i < formula.properties().size(); i++) {
            BigDecimal value = row.getBigDecimal(at + 3 * i);
            if (value != null) {
                values.put(formula.properties().get(i), value);
                coerced |= row.getBoolean(at + 3 * i + 2);
            } else if (row.getBoolean(at + 3 * i + 1)) {
                notNumeric = true;
            } else {
                tally.missing = 1;
            }
        }
        if (tally.missing == 0 && notNumeric) {
            tally.notNumeric = 1;
        }
        if (tally.missing + tally.notNumeric > 0) {
            return tally;
        }
        BigDecimal result = formula.evaluate(values);
        if (result == null) {
            tally.divisionsByZero = 1;
        } else {
            tally.events = 1;
            tally.coerced = coerced ? 1 : 0;
            tally.first = result;
        }
        return tally;
    }
}
