package io.meterline.store.duckdb;

import io.meterline.event.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a property equals one of many values: one list a column. A chain of comparisons would take DuckDB seconds to plan
 * at a few thousand of them.
 */
final class EqualSql {

    // From here on looking each value up in a hash table costs less than comparing it with all of them.
    private static final int MANY = 20;
    private static final String NARROW = "CAST(? AS DECIMAL(18,6))";

    private final PropertySql property;
    private final Set<String> texts = new LinkedHashSet<>();
    private final Set<String> narrow = new LinkedHashSet<>();
    private final Set<String> wide = new LinkedHashSet<>();
    private final Set<String> textNumbers = new LinkedHashSet<>();
    private final Set<Boolean> bools = new LinkedHashSet<>();
    private boolean missing;

    EqualSql(PropertySql property) {
        this.property = property;
    }

    void missing() {
        missing = true;
    }

    void text(String text) {
        texts.add(text);
    }

    void bool(boolean bool) {
        bools.add(bool);
    }

    void number(BigDecimal number) {
        if (ColumnKind.isNarrow(Decimals.canonical(number))) {
            narrow.add(Decimals.text(number));
        }
        if (Decimals.fits(number)) {
            wide.add(Decimals.text(number));
        }
    }

    /** Text that is a plain decimal of this value. */
    void textThatIs(BigDecimal number) {
        if (Decimals.fits(number)) {
            textNumbers.add(Decimals.text(number));
        }
    }

    /** Holds when the property equals any of what was named; of nothing, never. */
    Condition any() {
        List<Condition> parts = new ArrayList<>();
        if (missing) {
            parts.add(Condition.of(property.isPresent()).not());
        }
        add(property.text(), texts, "?", parts);
        add(property.narrow(), narrow, NARROW, parts);
        add(property.wide(), wide, FilterSql.wide("?"), parts);
        if (property.text() != null) {
            add(property.textAsNumber(), textNumbers, FilterSql.wide("?"), parts);
        }
        if (property.bool() != null) {
            bools.forEach(bool -> parts.add(Condition.of(property.bool() + " = " + bool)));
        }
        return Condition.any(parts.stream().map(Condition::twoValued).toList());
    }

    private static void add(@Nullable String column, Set<String> values, String parameter, List<Condition> parts) {
        if (column == null || values.isEmpty()) {
            return;
        }
        String list = String.join(", ", Collections.nCopies(values.size(), parameter));
        String sql;
        if (values.size() == 1) {
            sql = column + " = " + list;
        } else if (values.size() < MANY) {
            sql = column + " IN (" + list + ")";
        } else {
            sql = column + " IN (SELECT unnest([" + list + "]))";
        }
        parts.add(new Condition(sql, List.copyOf(values)));
    }
}
