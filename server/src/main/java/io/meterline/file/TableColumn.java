package io.meterline.file;

/** A column of a file that is written. */
record TableColumn(String name, Kind kind) {

    /** What a column holds where the file has types. */
    enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        /** ISO 8601 in UTC. */
        TIME,
        /** Any value, written as JSON. */
        JSON
    }
}
