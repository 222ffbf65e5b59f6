package io.meterline.loader;

import io.meterline.ingest.RecordRules;
import io.meterline.loader.LoaderDraft.ExcessProperties;
import io.meterline.loader.source.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Checks that need no rows: names, number and types of the columns. */
final class ColumnChecks {

    private ColumnChecks() {}

    static List<Check> of(List<Column> columns, ExcessProperties excess) {
        List<Check> checks = new ArrayList<>();
        checks.add(present(columns, ResultShape.ID, "orders.id as id"));
        checks.add(present(columns, ResultShape.CUSTOMER, "company_id as \"customerId\""));
        checks.add(timestamp(columns));
        checks.add(differentNames(columns));
        checks.add(propertyCount(columns, excess));
        checks.add(types(columns));
        return checks;
    }

    private static Check present(List<Column> columns, String name, String example) {
        if (ResultShape.position(columns, name) >= 0) {
            return Check.passed(name, "The query returns " + name + ".");
        }
        String missing = "The query returns no column " + name + ".";
        Optional<String> lookalike = columns.stream()
                .map(Column::name)
                .filter(other -> plain(other).equals(plain(name)))
                .findFirst();
        return Check.failed(
                name,
                missing,
                lookalike
                        .map(other -> "It returns " + other + "; names are compared with their case, and a name without"
                                + " quotes loses it. Write: " + quoted(other, name))
                        .orElse("Name the column that holds it, as in: " + example));
    }

    // The same letters may be an alias, and an alias has none of its own.
    private static String quoted(String other, String name) {
        String as = "as \"" + name + "\"";
        return (other.equalsIgnoreCase(name) ? "…" : other) + " " + as;
    }

    // customerid, customer_id and CustomerID are all meant to be customerId.
    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static Check timestamp(List<Column> columns) {
        Check present = present(columns, ResultShape.TIMESTAMP, "created_at as timestamp");
        if (!present.ok()) {
            return present;
        }
        Column column = columns.get(ResultShape.position(columns, ResultShape.TIMESTAMP));
        return switch (column.kind()) {
            case TIME, TEXT, NUMBER, JSON -> present;
            case BOOLEAN, ARRAY, BINARY ->
                Check.failed(
                        ResultShape.TIMESTAMP,
                        "timestamp is a " + column.type() + ", which is no time.",
                        "Return a timestamp, a date, ISO 8601 text or epoch milliseconds.");
        };
    }

    private static Check differentNames(List<Column> columns) {
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (!names.add(column.name())) {
                return Check.failed(
                        "column_names",
                        "The query returns two columns of the name " + column.name() + ".",
                        "List the columns that you need and give each a name of its own: b.id as \"orderId\"");
            }
        }
        return Check.passed("column_names", "Every column has a name of its own.");
    }

    private static Check propertyCount(List<Column> columns, ExcessProperties excess) {
        long count = 1
                + columns.stream()
                        .map(Column::name)
                        .filter(ResultShape::isProperty)
                        .count();
        boolean fits = count <= RecordRules.MAX_PROPERTIES;
        if (fits || excess == ExcessProperties.KEEP_FIRST) {
            return Check.passed(
                    "properties",
                    "Records have " + Math.min(count, RecordRules.MAX_PROPERTIES) + " properties, id counted.");
        }
        return Check.failed(
                "properties",
                "The query returns " + count + " properties, id counted; a record has at most 25.",
                "Return fewer columns, or set excess_properties to keep_first.");
    }

    private static Check types(List<Column> columns) {
        for (Column column : columns) {
            if (column.kind() == Column.Kind.BINARY) {
                return Check.failed(
                        "column_types",
                        "The column " + column.name() + " is a " + column.type() + "; a property cannot hold bytes.",
                        "Leave it out, or return encode(" + column.name() + ", 'hex') as \"" + column.name() + "\"");
            }
        }
        return Check.passed("column_types", "A property can hold every column.");
    }
}
