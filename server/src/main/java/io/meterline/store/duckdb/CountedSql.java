package io.meterline.store.duckdb;

import io.meterline.store.Expression;
import io.meterline.store.Measure;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The condition that a measure counts an event, for listing the events behind a figure. */
final class CountedSql {

    private final Moment moment;
    private final TypeLayout layout;

    CountedSql(Moment moment, TypeLayout layout) {
        this.moment = moment;
        this.layout = layout;
    }

    /**
     * True for the events that {@code measure} counts.
     *
     * @param matching the other conditions on the events
     */
    Condition of(Measure measure, Condition matching) throws SQLException {
        return switch (measure) {
            case Measure.Count ignored -> Condition.TRUE;
            case Measure.CountDistinct(String property) ->
                Condition.of(PropertySql.of(layout, property).isPresent());
            case Measure.Sum(String property) -> isNumber(property);
            case Measure.Max(String property) -> isNumber(property);
            case Measure.Min(String property) -> isNumber(property);
            case Measure.Average(String property) -> isNumber(property);
            case Measure.Latest(String property) -> isNumber(property);
            case Measure.WeightedSum(String property, boolean ignored) -> isNumber(property);
            case Measure.Percentile(String property, BigDecimal ignored) -> isNumber(property);
            case Measure.Formula(Expression expression) -> formula(new FormulaEvaluator(expression), matching);
        };
    }

    private Condition isNumber(String property) {
        return Condition.of(PropertySql.of(layout, property).isNumber());
    }

    private Condition formula(FormulaEvaluator formula, Condition matching) throws SQLException {
        List<Condition> parts = new ArrayList<>();
        formula.properties().forEach(property -> parts.add(isNumber(property)));
        if (formula.divides()) {
            parts.add(Condition.of(Numbers.isOneOf("seq", divisionsByZero(formula, matching, Condition.all(parts))))
                    .not());
        }
        return Condition.all(parts);
    }

    /** The sequences of the events whose formula divides by zero; the arithmetic is ours, see {@link FormulaReader}. */
    private List<Long> divisionsByZero(FormulaEvaluator formula, Condition matching, Condition numeric)
            throws SQLException {
        List<String> selected = new ArrayList<>(List.of("seq"));
        formula.properties()
                .forEach(property ->
                        selected.add(PropertySql.of(layout, property).number()));
        Condition where = Condition.all(List.of(matching, numeric));
        String sql = "SELECT " + String.join(", ", selected) + " FROM " + layout.current() + " WHERE " + where.sql();
        List<Long> sequences = new ArrayList<>();
        Map<String, BigDecimal> values = new HashMap<>();
        try (PreparedStatement statement = moment.prepare(sql, where.parameters());
                ResultSet row = moment.execute(statement)) {
            while (row.next()) {
                for (int i = 0; i < formula.properties().size(); i++) {
                    values.put(formula.properties().get(i), row.getBigDecimal(i + 2));
                }
                if (formula.evaluate(values) == null) {
                    sequences.add(row.getLong(1));
                }
            }
        }
        return sequences;
    }
}
