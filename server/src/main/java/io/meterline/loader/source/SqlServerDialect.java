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
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * SQL Server. It has no read-only transactions, and runs several statements without anything between them: so a query may
 * have no word that begins one, and its transaction is never committed.
 *
 * <p>The order of text is that of its column, so no cursor follows it.
 */
final class SqlServerDialect implements JdbcDialect {

    // All of them are reserved: as a name each stands in brackets or quotes, which are not looked at.
    private static final Pattern STATEMENT = Pattern.compile(
            "\\b(?:into|insert|update|delete|merge|truncate|drop|create|alter|exec|execute|declare|set|begin|commit"
                    + "|rollback|save|use|grant|revoke|deny|backup|restore|dbcc|kill|shutdown|reconfigure|waitfor|print"
                    + "|raiserror|if|while|goto|return|bulk|writetext|updatetext|open|close|deallocate|checkpoint)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final BigDecimal LEAST = new BigDecimal("-1e37");
    private static final LocalDateTime LEAST_TIME = LocalDateTime.of(1000, 1, 1, 0, 0);

    @Override
    public boolean reads(SqlText query) {
        String first = query.firstWord();
        return (first.equals("select") || first.equals("with"))
                && !STATEMENT.matcher(query.skeleton()).find();
    }

    @Override
    public void begin(Connection connection, ReadLimits limits) throws SQLException {
        connection.setAutoCommit(false);
    }

    @Override
    public SourceMoment moment(Statement statement) throws SQLException {
        try (ResultSet now = statement.executeQuery("SELECT SYSUTCDATETIME()")) {
            now.next();
            LocalDateTime time = now.getObject(1, LocalDateTime.class);
            return SourceMoment.at(Timestamps.micros(time.toInstant(ZoneOffset.UTC)));
        }
    }

    @Override
    public JdbcColumn column(ResultSetMetaData data, int position) throws SQLException {
        return column(data.getColumnLabel(position), data.getColumnTypeName(position), data.getColumnType(position));
    }

    /** @param jdbcType of {@link Types} or {@link microsoft.sql.Types} */
    static JdbcColumn column(String name, String typeName, int jdbcType) {
        String type = typeName.toLowerCase(Locale.ROOT);
        return switch (jdbcType) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT ->
                column(name, type, Column.Kind.NUMBER, ValueType.INTEGER, Getters::integer);
            case Types.DECIMAL, Types.NUMERIC, microsoft.sql.Types.MONEY, microsoft.sql.Types.SMALLMONEY ->
                column(name, type, Column.Kind.NUMBER, ValueType.NUMBER, Getters::decimal);
            case Types.REAL -> column(name, type, Column.Kind.NUMBER, ValueType.NUMBER, Getters::binary32);
            case Types.FLOAT, Types.DOUBLE ->
                column(name, type, Column.Kind.NUMBER, ValueType.NUMBER, Getters::binary64);
            case Types.BIT, Types.BOOLEAN -> column(name, type, Column.Kind.BOOLEAN, null, Getters::bool);
            case Types.DATE -> column(name, type, Column.Kind.TIME, ValueType.DATE, Getters::date);
            case Types.TIMESTAMP, microsoft.sql.Types.DATETIME, microsoft.sql.Types.SMALLDATETIME ->
                column(name, type, Column.Kind.TIME, ValueType.LOCAL_TIME, Getters::localTime);
            case Types.TIMESTAMP_WITH_TIMEZONE, microsoft.sql.Types.DATETIMEOFFSET ->
                column(name, type, Column.Kind.TIME, ValueType.ZONED_TIME, Getters::zonedTime);
            // Also rowversion, and what the server defines in .NET.
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
                column(name, type, Column.Kind.BINARY, null, Getters::bytes);
            default ->
                switch (type) {
                    case "json" -> column(name, type, Column.Kind.JSON, null, Getters::json);
                    case "uniqueidentifier" -> column(name, type, Column.Kind.TEXT, null, SqlServerDialect::uuid);
                    default -> column(name, type, Column.Kind.TEXT, null, Getters::text);
                };
        };
    }

    private static JdbcColumn column(
            String name, String type, Column.Kind kind, @Nullable ValueType valueType, JdbcColumn.Getter getter) {
        return new JdbcColumn(new Column(name, type, kind, valueType), getter);
    }

    // As every other source writes it, so that an id means the same when the source is moved.
    private static @Nullable Object uuid(ResultSet row, int position) throws SQLException {
        String text = row.getString(position);
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    @Override
    public void bind(PreparedStatement statement, int position, BoundValue value) throws SQLException {
        switch (value) {
            case BoundValue.Least least -> {
                switch (least.type()) {
                    case INTEGER -> statement.setLong(position, Long.MIN_VALUE);
                    case NUMBER -> statement.setBigDecimal(position, LEAST);
                    case ZONED_TIME, LOCAL_TIME, DATE -> statement.setObject(position, time(least.type(), LEAST_TIME));
                    case TEXT, UUID -> throw new IllegalStateException("no cursor follows text here");
                }
            }
            case BoundValue.Time time ->
                statement.setObject(
                        position,
                        time(time.type(), LocalDateTime.ofInstant(Timestamps.instant(time.micros()), ZoneOffset.UTC)));
            case BoundValue.Number number -> {
                if (number.type() == ValueType.INTEGER) {
                    statement.setLong(position, number.value().longValueExact());
                } else {
                    statement.setBigDecimal(position, number.value());
                }
            }
            case BoundValue.Text _ -> throw new IllegalStateException("no cursor follows text here");
        }
    }

    private static Object time(ValueType type, LocalDateTime time) {
        return switch (type) {
            case ZONED_TIME -> OffsetDateTime.of(time, ZoneOffset.UTC);
            case DATE -> time.toLocalDate();
            default -> time;
        };
    }

    @Override
    public SourceException failure(SQLException e, @Nullable FilledQuery query) {
        return SqlServerErrors.ofQuery(e);
    }
}
