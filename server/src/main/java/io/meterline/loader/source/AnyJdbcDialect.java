package io.meterline.loader.source;

import io.meterline.event.Timestamps;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database that we know nothing of but what JDBC says: standard SQL, standard types, standard errors.
 *
 * <p>Text has an order that we cannot know, so no cursor follows it. A time without zone is read in UTC.
 */
final class AnyJdbcDialect implements JdbcDialect {

    private static final Logger LOG = LoggerFactory.getLogger(AnyJdbcDialect.class);

    private static final Pattern INTO = Pattern.compile("\\binto\\b", Pattern.CASE_INSENSITIVE);

    // Databases differ in what a SELECT without a table looks like.
    private static final List<String> CLOCKS = List.of(
            "SELECT CURRENT_TIMESTAMP",
            "SELECT CURRENT_TIMESTAMP FROM DUAL",
            "VALUES CURRENT_TIMESTAMP",
            "SELECT CURRENT_TIMESTAMP FROM SYSIBM.SYSDUMMY1");

    // Of a BIGINT; some count its bits.
    private static final int LONG_DIGITS = 19;
    private static final int LONG_BITS = 64;

    // What 38 digits can hold, which is what most of them have.
    private static final BigDecimal LEAST = new BigDecimal("-1e37");
    private static final LocalDateTime LEAST_TIME = LocalDateTime.of(1000, 1, 1, 0, 0);

    // A table made by the way (SELECT … INTO …) where the session cannot be held read-only.
    @Override
    public boolean reads(SqlText query) {
        return READING_WORDS.contains(query.firstWord())
                && !INTO.matcher(query.skeleton()).find();
    }

    // Not every driver has either; a transaction is never committed, and the user should be one that only reads.
    @Override
    public void begin(Connection connection, ReadLimits limits) {
        optional("a read-only session", () -> connection.setReadOnly(true));
        optional("transactions", () -> connection.setAutoCommit(false));
    }

    private interface Wish {
        void ask() throws SQLException;
    }

    private static void optional(String what, Wish wish) {
        try {
            wish.ask();
        } catch (SQLException e) {
            LOG.debug("a source has not {}: SQL state {}", what, e.getSQLState());
        }
    }

    @Override
    public SourceMoment moment(Statement statement) throws SQLException {
        SQLException last = new SQLException("no clock");
        for (String clock : CLOCKS) {
            try (ResultSet now = statement.executeQuery(clock)) {
                now.next();
                return SourceMoment.at(Timestamps.micros(instant(now)));
            } catch (SQLException e) {
                if (NetworkErrors.isLoss(e)) {
                    throw e;
                }
                last = e;
                // Some hold a transaction for broken once a statement of it failed.
                optional("transactions", () -> statement.getConnection().rollback());
            }
        }
        throw last;
    }

    private static Instant instant(ResultSet now) throws SQLException {
        Object time = JdbcObjects.isZoned(now.getMetaData(), 1)
                ? JdbcObjects.zonedTime(now, 1)
                : JdbcObjects.localTime(now, 1);
        return switch (time) {
            case Instant instant -> instant;
            case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
            case null, default -> throw new SQLException("CURRENT_TIMESTAMP is no time");
        };
    }

    @Override
    public JdbcColumn column(ResultSetMetaData data, int position) throws SQLException {
        String name = data.getColumnLabel(position);
        String type = String.valueOf(data.getColumnTypeName(position)).toLowerCase(Locale.ROOT);
        if (type.equals("json") || type.equals("variant") || type.equals("super") || type.equals("object")) {
            return column(name, type, Column.Kind.JSON, null, Getters::json);
        }
        if (JdbcObjects.isZoned(data, position)) {
            return column(name, type, Column.Kind.TIME, ValueType.ZONED_TIME, JdbcObjects::zonedTime);
        }
        return switch (JdbcObjects.type(data, position)) {
            case TINYINT, SMALLINT, INTEGER, BIGINT ->
                isWide(data, position)
                        ? column(name, type, Column.Kind.NUMBER, ValueType.NUMBER, Getters::decimal)
                        : column(name, type, Column.Kind.NUMBER, ValueType.INTEGER, Getters::decimal);
            case DECIMAL, NUMERIC -> column(name, type, Column.Kind.NUMBER, ValueType.NUMBER, Getters::decimal);
            case REAL -> column(name, type, Column.Kind.NUMBER, ValueType.NUMBER, Getters::binary32);
            case FLOAT, DOUBLE -> column(name, type, Column.Kind.NUMBER, ValueType.NUMBER, Getters::binary64);
            case BIT, BOOLEAN -> column(name, type, Column.Kind.BOOLEAN, null, Getters::bool);
            case DATE -> column(name, type, Column.Kind.TIME, ValueType.DATE, JdbcObjects::date);
            case TIMESTAMP -> column(name, type, Column.Kind.TIME, ValueType.LOCAL_TIME, JdbcObjects::localTime);
            case ARRAY -> column(name, type, Column.Kind.ARRAY, null, JdbcObjects::array);
            case BINARY, VARBINARY, LONGVARBINARY, BLOB ->
                // Some send UUIDs so.
                type.equals("uuid")
                        ? column(name, type, Column.Kind.TEXT, null, Getters::text)
                        : column(name, type, Column.Kind.BINARY, null, Getters::bytes);
            case STRUCT -> column(name, type, Column.Kind.JSON, null, JdbcObjects::nested);
            default -> column(name, type, Column.Kind.TEXT, null, Getters::text);
        };
    }

    // Some call a number of 38 digits a BIGINT.
    private static boolean isWide(ResultSetMetaData data, int position) throws SQLException {
        int precision = data.getPrecision(position);
        return (precision > LONG_DIGITS && precision != LONG_BITS) || !data.isSigned(position);
    }

    private static JdbcColumn column(
            String name, String type, Column.Kind kind, @Nullable ValueType valueType, JdbcColumn.Getter getter) {
        return new JdbcColumn(new Column(name, type, kind, valueType), getter);
    }

    @Override
    public void bind(PreparedStatement statement, int position, BoundValue value) throws SQLException {
        switch (value) {
            case BoundValue.Least least -> {
                switch (least.type()) {
                    case INTEGER -> statement.setLong(position, Long.MIN_VALUE);
                    case NUMBER -> statement.setBigDecimal(position, LEAST);
                    case ZONED_TIME, LOCAL_TIME, DATE -> bind(statement, position, least.type(), LEAST_TIME);
                    case TEXT, UUID -> throw new IllegalStateException("no cursor follows text here");
                }
            }
            case BoundValue.Time time ->
                bind(
                        statement,
                        position,
                        time.type(),
                        LocalDateTime.ofInstant(Timestamps.instant(time.micros()), ZoneOffset.UTC));
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

    private static void bind(PreparedStatement statement, int position, ValueType type, LocalDateTime time)
            throws SQLException {
        try {
            statement.setObject(
                    position,
                    switch (type) {
                        case ZONED_TIME -> OffsetDateTime.of(time, ZoneOffset.UTC);
                        case DATE -> time.toLocalDate();
                        default -> time;
                    });
        } catch (SQLException e) {
            // A driver from before JDBC 4.2.
            if (type == ValueType.DATE) {
                statement.setDate(position, java.sql.Date.valueOf(time.toLocalDate()));
            } else {
                statement.setTimestamp(position, Timestamp.from(time.toInstant(ZoneOffset.UTC)), utc());
            }
        }
    }

    static Calendar utc() {
        return Calendar.getInstance(TimeZone.getTimeZone(ZoneOffset.UTC), Locale.ROOT);
    }

    @Override
    public SourceException failure(SQLException e, @Nullable FilledQuery query) {
        return AnyJdbcErrors.ofQuery(e);
    }
}
