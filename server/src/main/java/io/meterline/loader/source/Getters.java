package io.meterline.loader.source;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Ways to read a cell that drivers share. Each gives an object that {@link Cells} knows. */
final class Getters {

    private Getters() {}

    static @Nullable Object text(ResultSet row, int position) throws SQLException {
        return row.getString(position);
    }

    static @Nullable Object json(ResultSet row, int position) throws SQLException {
        String text = row.getString(position);
        return text == null ? null : new Cells.Json(text);
    }

    /** A whole number of at most 64 bits. */
    static @Nullable Object integer(ResultSet row, int position) throws SQLException {
        long number = row.getLong(position);
        return row.wasNull() ? null : BigDecimal.valueOf(number);
    }

    static @Nullable Object decimal(ResultSet row, int position) throws SQLException {
        return row.getBigDecimal(position);
    }

    /** The shortest decimal text that is this binary number and no other. */
    static @Nullable Object binary64(ResultSet row, int position) throws SQLException {
        double number = row.getDouble(position);
        return row.wasNull() ? null : binary64(number);
    }

    static BigDecimal binary64(double number) {
        if (!Double.isFinite(number)) {
            throw notFinite(Double.toString(number));
        }
        return new BigDecimal(Double.toString(number));
    }

    static @Nullable Object binary32(ResultSet row, int position) throws SQLException {
        float number = row.getFloat(position);
        return row.wasNull() ? null : binary32(number);
    }

    static BigDecimal binary32(float number) {
        if (!Float.isFinite(number)) {
            throw notFinite(Float.toString(number));
        }
        return new BigDecimal(Float.toString(number));
    }

    static @Nullable Object bool(ResultSet row, int position) throws SQLException {
        boolean bool = row.getBoolean(position);
        return row.wasNull() ? null : bool;
    }

    static @Nullable Object date(ResultSet row, int position) throws SQLException {
        return row.getObject(position, LocalDate.class);
    }

    static @Nullable Object localTime(ResultSet row, int position) throws SQLException {
        return row.getObject(position, LocalDateTime.class);
    }

    static @Nullable Object zonedTime(ResultSet row, int position) throws SQLException {
        OffsetDateTime time = row.getObject(position, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static @Nullable Object bytes(ResultSet row, int position) throws SQLException {
        row.getObject(position);
        return row.wasNull() ? null : new Cells.Unreadable(refusedBytes(), "(bytes)");
    }

    static BadCellException refusedBytes() {
        return new BadCellException(
                "unsupported_type",
                "A property cannot hold bytes. Return them as text (hex), or leave the column out.");
    }

    static BadCellException nested(String what) {
        return new BadCellException(
                "nested_json", "A property cannot hold a " + what + ". Pick its parts as columns of their own.");
    }

    private static BadCellException notFinite(String text) {
        return new BadCellException("not_a_number", text + " is no number that can be counted. Filter such rows out.");
    }
}
