package io.meterline.loader.source;

import io.meterline.event.Timestamps;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** MySQL and MariaDB. A session of ours is in UTC, so a TIMESTAMP is a point in time and a DATETIME a local time. */
final class MySqlDialect implements JdbcDialect {

    private static final Duration WRITE_TIMEOUT = Duration.ofMinutes(10);

    private static final Pattern INTO_FILE =
            Pattern.compile("\\binto\\s+(outfile|dumpfile)\\b|/\\*M?!", Pattern.CASE_INSENSITIVE);

    // A DECIMAL has at most 65 digits.
    private static final BigDecimal LEAST = new BigDecimal("-1e60");

    // A read-only transaction may write files of the server, and some comments are code to it.
    @Override
    public boolean reads(SqlText query) {
        return READING_WORDS.contains(query.firstWord())
                && !INTO_FILE.matcher(query.statement()).find()
                && !INTO_FILE.matcher(query.skeleton()).find();
    }

    @Override
    public void begin(Connection connection, ReadLimits limits) throws SQLException {
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        boolean mariaDb = connection.getMetaData().getDatabaseProductName().equals("MariaDB");
        long millis = limits.statementTimeout().toMillis();
        try (Statement statement = connection.createStatement()) {
            // The server's own limit too, should this process die. We may be slow to take rows; 60 seconds are its
            // default.
            statement.execute("SET SESSION net_write_timeout = " + WRITE_TIMEOUT.toSeconds() + ", "
                    + (mariaDb
                            ? "max_statement_time = "
                                    + BigDecimal.valueOf(millis, 3).toPlainString()
                            : "max_execution_time = " + millis));
        }
    }

    @Override
    public SourceMoment moment(Statement statement) throws SQLException {
        try (ResultSet now = statement.executeQuery("SELECT UTC_TIMESTAMP(6)")) {
            now.next();
            LocalDateTime time = now.getObject(1, LocalDateTime.class);
            return SourceMoment.at(Timestamps.micros(time.toInstant(ZoneOffset.UTC)));
        }
    }

    @Override
    public JdbcColumn column(ResultSetMetaData data, int position) throws SQLException {
        String name = data.getColumnLabel(position);
        String type = data.getColumnTypeName(position).toLowerCase(Locale.ROOT);
        return switch (data.getColumnType(position)) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER ->
                number(name, type, ValueType.INTEGER, Getters::integer);
            case Types.BIGINT ->
                data.isSigned(position)
                        ? number(name, type, ValueType.INTEGER, Getters::integer)
                        : number(name, type, ValueType.NUMBER, Getters::decimal);
            case Types.DECIMAL, Types.NUMERIC -> number(name, type, ValueType.NUMBER, Getters::decimal);
            case Types.REAL, Types.FLOAT -> number(name, type, ValueType.NUMBER, Getters::binary32);
            case Types.DOUBLE -> number(name, type, ValueType.NUMBER, Getters::binary64);
            case Types.BOOLEAN -> column(name, type, Column.Kind.BOOLEAN, null, Getters::bool);
            case Types.DATE -> date(name, type);
            case Types.TIMESTAMP ->
                type.equals("timestamp")
                        ? column(name, type, Column.Kind.TIME, ValueType.ZONED_TIME, MySqlDialect::instant)
                        : column(name, type, Column.Kind.TIME, ValueType.LOCAL_TIME, MySqlDialect::time);
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB, Types.BIT ->
                column(name, type, Column.Kind.BINARY, null, Getters::bytes);
            case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR ->
                type.equals("json")
                        ? column(name, type, Column.Kind.JSON, null, Getters::json)
                        : column(name, type, Column.Kind.TEXT, ValueType.TEXT, Getters::text);
            default -> column(name, type, Column.Kind.TEXT, null, Getters::text);
        };
    }

    private static JdbcColumn date(String name, String type) {
        return type.equals("year")
                ? number(name, type, ValueType.INTEGER, (row, position) -> {
                    String year = row.getString(position);
                    return year == null ? null : new BigDecimal(year);
                })
                : column(
                        name,
                        type,
                        Column.Kind.TIME,
                        ValueType.DATE,
                        (row, position) -> read(row, position, java.time.LocalDate.class));
    }

    private static JdbcColumn number(String name, String type, ValueType valueType, JdbcColumn.Getter getter) {
        return column(name, type, Column.Kind.NUMBER, valueType, getter);
    }

    private static JdbcColumn column(
            String name, String type, Column.Kind kind, @Nullable ValueType valueType, JdbcColumn.Getter getter) {
        return new JdbcColumn(new Column(name, type, kind, valueType), getter);
    }

    private static @Nullable Object time(ResultSet row, int position) throws SQLException {
        return read(row, position, LocalDateTime.class);
    }

    private static @Nullable Object instant(ResultSet row, int position) throws SQLException {
        Object time = read(row, position, LocalDateTime.class);
        return time instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : time;
    }

    // 0000-00-00 and 2026-00-00 are dates to these servers only.
    private static @Nullable Object read(ResultSet row, int position, Class<?> type) throws SQLException {
        String text = row.getString(position);
        if (text == null) {
            return null;
        }
        Object value = text.contains("-00") || text.startsWith("0000") ? null : row.getObject(position, type);
        return value != null
                ? value
                : new Cells.Unreadable(
                        new BadCellException("invalid_timestamp", text + " is no day of the calendar. Filter it out."),
                        text);
    }

    @Override
    public String parameter(@Nullable ValueType type) {
        return switch (type) {
            case null -> "?";
            case ZONED_TIME, LOCAL_TIME -> "CAST(? AS DATETIME(6))";
            case DATE -> "CAST(? AS DATE)";
            case INTEGER, NUMBER -> "?";
            case TEXT, UUID -> "(? COLLATE utf8mb4_bin)";
        };
    }

    @Override
    public void bind(PreparedStatement statement, int position, BoundValue value) throws SQLException {
        switch (value) {
            case BoundValue.Least least -> {
                switch (least.type()) {
                    case INTEGER -> statement.setLong(position, Long.MIN_VALUE);
                    case NUMBER -> statement.setBigDecimal(position, LEAST);
                    case ZONED_TIME, LOCAL_TIME, DATE -> statement.setString(position, "1000-01-01");
                    case TEXT, UUID -> statement.setString(position, "");
                }
            }
            case BoundValue.Time time ->
                statement.setString(
                        position,
                        Timestamps.text(time.micros()).replace('T', ' ').replace("Z", ""));
            case BoundValue.Number number -> statement.setBigDecimal(position, number.value());
            case BoundValue.Text text -> statement.setString(position, text.value());
        }
    }

    @Override
    public SourceException failure(SQLException e, @Nullable FilledQuery query) {
        return MySqlErrors.ofQuery(e);
    }
}
