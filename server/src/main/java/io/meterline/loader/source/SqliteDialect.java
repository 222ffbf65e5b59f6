package io.meterline.loader.source;

import io.meterline.event.Timestamps;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * SQLite: the type of a value is its own, whatever the column says. A whole number or a binary fraction stays one, text
 * stays text (dates too), and a number in a column declared as boolean is one.
 */
final class SqliteDialect implements JdbcDialect {

    private static final BigDecimal LEAST = new BigDecimal("-1e300");

    @Override
    public void begin(Connection connection, ReadLimits limits) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = true");
        }
    }

    @Override
    public SourceMoment moment(Statement statement) throws SQLException {
        try (ResultSet now = statement.executeQuery("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")) {
            now.next();
            LocalDateTime time = LocalDateTime.parse(now.getString(1));
            return SourceMoment.at(Timestamps.micros(time.toInstant(ZoneOffset.UTC)));
        }
    }

    @Override
    public JdbcColumn column(ResultSetMetaData data, int position) throws SQLException {
        String type = data.getColumnTypeName(position).toLowerCase(Locale.ROOT);
        String name = data.getColumnLabel(position);
        if (type.contains("int")) {
            return new JdbcColumn(new Column(name, type, Column.Kind.NUMBER, ValueType.INTEGER), SqliteDialect::cell);
        }
        if (type.contains("char")
                || type.contains("text")
                || type.contains("clob")
                || type.contains("date")
                || type.contains("time")) {
            return new JdbcColumn(new Column(name, type, Column.Kind.TEXT, ValueType.TEXT), SqliteDialect::cell);
        }
        return switch (type) {
            case "blob" -> new JdbcColumn(new Column(name, type, Column.Kind.BINARY, null), SqliteDialect::cell);
            case "bool", "boolean" -> new JdbcColumn(new Column(name, type, Column.Kind.BOOLEAN, null), Getters::bool);
            case "json" -> new JdbcColumn(new Column(name, type, Column.Kind.JSON, null), Getters::json);
            // Also what the driver says of an expression.
            default ->
                new JdbcColumn(new Column(name, type, Column.Kind.NUMBER, ValueType.NUMBER), SqliteDialect::cell);
        };
    }

    private static @Nullable Object cell(ResultSet row, int position) throws SQLException {
        Object value = row.getObject(position);
        return switch (value) {
            case null -> null;
            case Integer number -> BigDecimal.valueOf(number);
            case Long number -> BigDecimal.valueOf(number);
            case Double number -> Getters.binary64(number);
            case byte[] _ -> new Cells.Unreadable(Getters.refusedBytes(), "(bytes)");
            default -> value.toString();
        };
    }

    /** Text is compared byte by byte, whatever order its column has. */
    @Override
    public String parameter(@Nullable ValueType type) {
        return type == ValueType.TEXT ? "(? COLLATE BINARY)" : "?";
    }

    @Override
    public void bind(PreparedStatement statement, int position, BoundValue value) throws SQLException {
        switch (value) {
            case BoundValue.Least least -> {
                switch (least.type()) {
                    case INTEGER -> statement.setLong(position, Long.MIN_VALUE);
                    case NUMBER -> statement.setDouble(position, LEAST.doubleValue());
                    case ZONED_TIME, LOCAL_TIME, DATE, TEXT, UUID -> statement.setString(position, "");
                }
            }
            case BoundValue.Time time ->
                statement.setString(
                        position,
                        time.type() == ValueType.DATE
                                ? Timestamps.text(time.micros()).substring(0, 10)
                                : Timestamps.text(time.micros())
                                        .replace('T', ' ')
                                        .replace("Z", ""));
            case BoundValue.Number number -> {
                if (number.type() == ValueType.INTEGER) {
                    statement.setLong(position, number.value().longValueExact());
                } else {
                    // A column of this type holds nothing finer.
                    statement.setDouble(position, number.value().doubleValue());
                }
            }
            case BoundValue.Text text -> statement.setString(position, text.value());
        }
    }

    @Override
    public SourceException failure(SQLException e, @Nullable FilledQuery query) {
        String said = said(e);
        int code = e.getErrorCode() & 0xff;
        if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return new SourceException("database_locked", "Another process keeps the file locked. Try again.", e);
        }
        if (code == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return new SourceException("connection_failed", "The file is no SQLite database.", e);
        }
        if (code == SQLiteErrorCode.SQLITE_CORRUPT.code) {
            return new SourceException("connection_failed", "The database file is damaged.", e);
        }
        if (code == SQLiteErrorCode.SQLITE_CANTOPEN.code || code == SQLiteErrorCode.SQLITE_PERM.code) {
            return new SourceException("no_rights", "The server may not read this file. Let it: chmod a+r.", e);
        }
        if (code == SQLiteErrorCode.SQLITE_READONLY.code) {
            return new SourceException("query_writes", "The query tries to write. A loader only reads.", e);
        }
        String sentence = "The source says: " + said + ".";
        if (said.startsWith("no such table")) {
            return new SourceException("unknown_table", sentence, e);
        }
        if (said.startsWith("no such column")) {
            return new SourceException("unknown_column", sentence, e);
        }
        return new SourceException(said.contains("syntax error") ? "syntax_error" : "query_failed", sentence, e);
    }

    // [SQLITE_ERROR] SQL error or missing database (no such column: nope)
    private static String said(SQLException e) {
        String message = String.valueOf(e.getMessage());
        int open = message.indexOf('(');
        return open >= 0 && message.endsWith(")") ? message.substring(open + 1, message.length() - 1) : message;
    }
}
