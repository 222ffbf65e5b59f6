package io.meterline.store.duckdb;

/**
 * A column of a type's tables: one kind of value of one property.
 *
 * @param property number of the property within its type; names of properties never reach SQL
 */
record Column(int property, ColumnKind kind) {

    String name() {
        return "p" + property + kind.letter();
    }

    /** Name and type, as a table is made with. */
    String definition() {
        return name() + " " + kind.sqlType();
    }
}
