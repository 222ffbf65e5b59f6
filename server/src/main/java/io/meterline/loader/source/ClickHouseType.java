package io.meterline.loader.source;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A type of ClickHouse, by its name without {@code Nullable} and {@code LowCardinality}. */
record ClickHouseType(String name) {

    private static final Set<String> INTEGERS = Set.of("UInt8", "UInt16", "UInt32", "Int8", "Int16", "Int32", "Int64");
    private static final Set<String> WIDE = Set.of("UInt64", "Int128", "UInt128", "Int256", "UInt256");

    static ClickHouseType of(String text) {
        String name = text;
        for (String wrapper : new String[] {"LowCardinality(", "Nullable("}) {
            if (name.startsWith(wrapper)) {
                name = name.substring(wrapper.length(), name.length() - 1);
            }
        }
        return new ClickHouseType(name);
    }

    private String base() {
        int bracket = name.indexOf('(');
        return bracket < 0 ? name : name.substring(0, bracket);
    }

    Column.Kind kind() {
        if (INTEGERS.contains(name) || WIDE.contains(name)) {
            return Column.Kind.NUMBER;
        }
        return switch (base()) {
            case "Float32", "Float64", "Decimal" -> Column.Kind.NUMBER;
            case "Bool" -> Column.Kind.BOOLEAN;
            case "Date", "Date32", "DateTime", "DateTime64" -> Column.Kind.TIME;
            case "Array" -> Column.Kind.ARRAY;
            default -> Column.Kind.TEXT;
        };
    }

    @Nullable
    ValueType valueType() {
        if (INTEGERS.contains(name)) {
            return ValueType.INTEGER;
        }
        return switch (base()) {
            case "UInt64", "Float32", "Float64", "Decimal" -> ValueType.NUMBER;
            case "Date", "Date32" -> ValueType.DATE;
            case "DateTime", "DateTime64" -> ValueType.ZONED_TIME;
            case "String" -> ValueType.TEXT;
            default -> null;
        };
    }

    boolean isDate() {
        return name.equals("Date") || name.equals("Date32");
    }

    /** The type of the elements of an array. */
    ClickHouseType element() {
        return of(name.substring("Array(".length(), name.length() - 1));
    }

    /** The zone that its times are written in, null when it has none of its own. */
    @Nullable
    String zone() {
        int quote = name.indexOf('\'');
        return base().startsWith("DateTime") && quote >= 0 ? name.substring(quote + 1, name.lastIndexOf('\'')) : null;
    }
}
