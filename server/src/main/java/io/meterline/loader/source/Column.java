package io.meterline.loader.source;

import org.jspecify.annotations.Nullable;

/**
 * A column of a result.
 *
 * @param name exactly as the source returns it
 * @param type the source's own name of the type, such as {@code timestamptz}
 * @param valueType what {@code :cursor} is when this is its column; null when it cannot be
 */
public record Column(
        String name, String type, Kind kind, @Nullable ValueType valueType) {

    /** What the values of a column become. */
    public enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        /** A date or a point in time: ISO text as a property, microseconds by {@link RowStream#micros}. */
        TIME,
        ARRAY,
        /** A JSON value: one kind or the other, row by row. */
        JSON,
        /** Bytes, which no property can hold. */
        BINARY
    }
}
