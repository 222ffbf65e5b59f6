package io.meterline.file;

import org.jspecify.annotations.Nullable;

/**
 * What a column of a Parquet file holds, and the SQL that reads it as text.
 *
 * @param isList whether each cell is a list of such
 */
record ParquetType(Kind kind, boolean isList) {

    // Longer ones are no valid property; what is cut off is enough to be refused by the rules.
    private static final int MAX_CHARACTERS = 70_000;
    private static final int MAX_ELEMENTS = 40_000;

    /** How the text of a value is to be understood. */
    enum Kind {
        NUMBER,
        BOOLEAN,
        TEXT,
        /** Microseconds since 1970. */
        TIME,
        ZONED_TIME,
        JSON
    }

    /** The type that DuckDB names so, or null when no property can hold it. */
    static @Nullable ParquetType of(String name) {
        int bracket = name.endsWith("]") ? name.lastIndexOf('[') : -1;
        Kind kind = kind(bracket < 0 ? name : name.substring(0, bracket));
        if (kind == null || (bracket >= 0 && kind == Kind.JSON)) {
            return null;
        }
        return new ParquetType(kind, bracket >= 0);
    }

    private static @Nullable Kind kind(String name) {
        if (name.startsWith("DECIMAL(") && !name.endsWith("]")) {
            return Kind.NUMBER;
        }
        return switch (name) {
            case "TINYINT",
                    "SMALLINT",
                    "INTEGER",
                    "BIGINT",
                    "HUGEINT",
                    "UTINYINT",
                    "USMALLINT",
                    "UINTEGER",
                    "UBIGINT",
                    "UHUGEINT",
                    "FLOAT",
                    "DOUBLE" -> Kind.NUMBER;
            case "BOOLEAN" -> Kind.BOOLEAN;
            case "VARCHAR", "UUID", "DATE" -> Kind.TEXT;
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> Kind.TIME;
            case "TIMESTAMP WITH TIME ZONE" -> Kind.ZONED_TIME;
            case "JSON" -> Kind.JSON;
            default -> null;
        };
    }

    /** Reads a column as text, or as a list of texts. */
    String sql(String column) {
        return isList
                ? "[" + text("x") + " FOR x IN list_slice(" + column + ", 1, " + MAX_ELEMENTS + ")]"
                : text(column);
    }

    private String text(String value) {
        return switch (kind) {
            case NUMBER, BOOLEAN -> "CAST(" + value + " AS VARCHAR)";
            case TEXT, JSON -> "substr(CAST(" + value + " AS VARCHAR), 1, " + MAX_CHARACTERS + ")";
            case TIME -> micros("CAST(" + value + " AS TIMESTAMP)");
            case ZONED_TIME -> micros(value);
        };
    }

    private static String micros(String time) {
        return "CASE WHEN isfinite(%1$s) THEN CAST(epoch_us(%1$s) AS VARCHAR) ELSE CAST(%1$s AS VARCHAR) END"
                .formatted(time);
    }
}
