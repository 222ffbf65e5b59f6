package io.meterline.store.duckdb;

/**
 * A column of the tables in memory, which types share: the second number of every type lies in the second slot for
 * numbers, whatever the property is called.
 *
 * @param ordinal which of the slots of its kind, from 0
 */
record Slot(ColumnKind kind, int ordinal) {

    String name() {
        return "slot_" + kind.letter() + ordinal;
    }

    /** Name and type, as a table is made with. */
    String definition() {
        return name() + " " + kind.sqlType();
    }
}
