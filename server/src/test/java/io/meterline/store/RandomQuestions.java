package io.meterline.store;

import static io.meterline.store.TestEvents.number;

import io.meterline.event.Environment;
import io.meterline.event.Period;
import io.meterline.event.PropertyValue;
import io.meterline.event.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Random questions to a store. */
final class RandomQuestions {

    private static final List<String> PERCENTILES = List.of("0", "50", "90", "99.9", "33.333333", "100");

    private final RandomValues values;

    RandomQuestions(RandomValues values) {
        this.values = values;
    }

    UsageQuery usage() {
        return usage(measure());
    }

    /** A question for the amount of each event. */
    UsageQuery amounts() {
        return usage(values.chance(0.5) ? new Measure.Sum(property()) : formula());
    }

    private UsageQuery usage(Measure measure) {
        boolean bounded = measure instanceof Measure.WeightedSum || values.chance(0.6);
        Period period = bounded ? period() : values.chance(0.5) ? Period.ALWAYS : Period.until(values.bound());
        List<Period> windows = bounded && values.chance(0.5) ? windows(period) : List.of();
        return new UsageQuery(
                type(),
                measure,
                values.chance(0.5) ? Filter.NONE : filter(2),
                period,
                customers(),
                mergedInto(),
                groupBy(),
                windows);
    }

    Operation.AskList listing(Environment environment) {
        Set<String> ids = new HashSet<>();
        for (int i = values.below(6); i > 0; i--) {
            ids.add(values.recordId());
        }
        EventQuery query = new EventQuery(
                values.chance(0.6) ? type() : null,
                customers(),
                values.chance(0.8) ? null : ids,
                values.chance(0.8) ? null : values.one(List.of(Source.values())),
                values.chance(0.7) ? Period.ALWAYS : period(),
                Period.ALWAYS,
                values.chance(0.6) ? Filter.NONE : filter(2),
                values.chance(0.8) ? null : measure(),
                values.one(List.of(EventQuery.Sort.values())),
                values.chance(0.5),
                values.chance(0.5) ? 1_000 : values.between(1, 8),
                values.chance(0.7) ? 0 : values.below(6),
                null);
        return new Operation.AskList(environment, query, values.chance(0.5) ? -1 : values.below(10));
    }

    private String type() {
        return values.one(List.of("a", "a", "a", "b", "unknown"));
    }

    private String property() {
        return values.chance(0.05)
                ? values.one(List.of("never", "id"))
                : values.chance(0.5) ? values.one(RandomValues.ANY) : values.one(values.names());
    }

    Measure measure() {
        String property = property();
        return switch (values.below(11)) {
            case 0 -> new Measure.Count();
            case 1 -> new Measure.CountDistinct(property);
            case 2 -> new Measure.Sum(property);
            case 3 -> new Measure.Max(property);
            case 4 -> new Measure.Min(property);
            case 5 -> new Measure.Average(property);
            case 6 -> new Measure.Latest(property);
            case 7, 8 -> new Measure.WeightedSum(property, values.chance(0.5));
            case 9 -> new Measure.Percentile(property, number(values.one(PERCENTILES)));
            default -> formula();
        };
    }

    private Measure formula() {
        return new Measure.Formula(values.chance(0.5) ? withoutQuotients(2, values.names()) : withQuotients(2));
    }

    private Expression withoutQuotients(int depth, List<String> names) {
        if (depth == 0 || values.chance(0.2)) {
            return values.chance(0.8)
                    ? new Expression.PropertyRef(values.one(names))
                    : new Expression.Constant(number(values.one(List.of("0", "1", "-2", "0.5", "3"))));
        }
        if (values.chance(0.1)) {
            return new Expression.Negation(withoutQuotients(depth - 1, names));
        }
        return new Expression.Binary(
                values.one(
                        List.of(Expression.Operator.ADD, Expression.Operator.SUBTRACT, Expression.Operator.MULTIPLY)),
                withoutQuotients(depth - 1, names),
                withoutQuotients(depth - 1, names));
    }

    // Only small numbers are divided, and never by a quotient: there the 36 digits that an engine may carry are enough.
    private Expression withQuotients(int depth) {
        Expression divisor = withoutQuotients(1, RandomValues.SMALL);
        Expression dividend =
                depth > 0 && values.chance(0.3) ? withQuotients(depth - 1) : withoutQuotients(1, RandomValues.SMALL);
        Expression quotient = new Expression.Binary(Expression.Operator.DIVIDE, dividend, divisor);
        return values.chance(0.5)
                ? quotient
                : new Expression.Binary(
                        values.one(List.of(
                                Expression.Operator.ADD, Expression.Operator.SUBTRACT, Expression.Operator.MULTIPLY)),
                        quotient,
                        withoutQuotients(1, RandomValues.SMALL));
    }

    private Filter filter(int depth) {
        if (depth > 0 && values.chance(0.15)) {
            return new Filter.Not(filter(depth - 1));
        }
        if (depth > 0 && values.chance(0.3)) {
            List<Filter> parts = new ArrayList<>();
            for (int i = values.below(4); i > 0; i--) {
                parts.add(filter(depth - 1));
            }
            return values.chance(0.5) ? new Filter.All(parts) : new Filter.Any(parts);
        }
        String property = property();
        Filter.Operator operator = values.one(List.of(Filter.Operator.values()));
        int operands = switch (operator) {
            case IS_NULL, IS_NOT_NULL -> 0;
            case IN, NOT_IN -> values.below(4);
            case EQUALS, NOT_EQUAL, GT, GTE, LT, LTE, CONTAINS, STARTS_WITH -> 1;
        };
        List<PropertyValue.Scalar> chosen = new ArrayList<>();
        for (int i = 0; i < operands; i++) {
            chosen.add(values.operand(property));
        }
        return new Filter.Compare(property, operator, chosen);
    }

    private Period period() {
        long one = values.bound();
        long other = values.bound();
        return new Period(Math.min(one, other), Math.max(one, other));
    }

    private List<Period> windows(Period period) {
        TreeSet<Long> bounds = new TreeSet<>(List.of(period.fromMicros(), period.toMicros()));
        if (bounds.size() == 1) {
            return List.of();
        }
        for (int i = values.below(5); i > 0; i--) {
            long bound = values.time();
            if (period.contains(bound)) {
                bounds.add(bound);
            }
        }
        List<Period> windows = new ArrayList<>();
        Long from = null;
        for (long to : bounds) {
            if (from != null) {
                windows.add(new Period(from, to));
            }
            from = to;
        }
        return windows;
    }

    private @Nullable Set<Long> customers() {
        if (values.chance(0.6)) {
            return null;
        }
        Set<Long> customers = new HashSet<>();
        for (int i = values.below(4); i > 0; i--) {
            customers.add(values.customer());
        }
        return customers;
    }

    private Map<Long, Long> mergedInto() {
        Map<Long, Long> merged = new HashMap<>();
        if (values.chance(0.5)) {
            merged.put(2L, 1L);
        }
        if (values.chance(0.3)) {
            merged.put(4L, 1L);
        }
        return merged;
    }

    private List<UsageQuery.GroupBy> groupBy() {
        List<UsageQuery.GroupBy> groups = new ArrayList<>();
        for (int i = values.one(List.of(0, 0, 1, 1, 2, 3)); i > 0; i--) {
            groups.add(
                    values.chance(0.4)
                            ? new UsageQuery.GroupBy.Customer()
                            : new UsageQuery.GroupBy.ByProperty(
                                    values.chance(0.7) ? values.one(RandomValues.LABELS) : property()));
        }
        return groups;
    }
}
