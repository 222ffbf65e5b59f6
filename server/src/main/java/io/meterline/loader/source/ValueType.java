package io.meterline.loader.source;

/** The types that a placeholder can have, whatever a source calls them. */
public enum ValueType {
    /** A point in time, such as {@code timestamptz}. */
    ZONED_TIME,
    /** A date and time of day without zone, read in UTC. */
    LOCAL_TIME,
    DATE,
    /** A whole number of at most 64 bits. */
    INTEGER,
    /** An exact decimal, or a binary fraction that is compared with one. */
    NUMBER,
    /** Compared by Unicode code points, which a source must be told when its own order is another. */
    TEXT,
    /** Only where the source orders UUIDs as their text is ordered. */
    UUID;

    /** True for those that a duration can be taken from. */
    public boolean isTime() {
        return this == ZONED_TIME || this == LOCAL_TIME || this == DATE;
    }
}
