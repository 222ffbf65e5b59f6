package io.meterline.loader.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A column of a JDBC result and how its cells are read.
 *
 * @param getter gives one of the objects that {@link Cells} knows
 */
record JdbcColumn(Column column, Getter getter) {

    /** Reads a cell, once a row. */
    @FunctionalInterface
    interface Getter {

        /** Positions count from 1, as in JDBC. Throws {@link BadCellException} too. */
        @Nullable
        Object get(ResultSet row, int position) throws SQLException;
    }
}
