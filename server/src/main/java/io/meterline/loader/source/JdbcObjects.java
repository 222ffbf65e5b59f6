package io.meterline.loader.source;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cells of a driver that we do not know. Each becomes an object that {@link Cells} knows. */
final class JdbcObjects {

    // Numbers of Oracle's driver, and its names for what JDBC has had a number for since Java 8.
    private static final int ORACLE_TIMESTAMPTZ = -101;
    private static final int ORACLE_TIMESTAMPLTZ = -102;
    private static final int ORACLE_BINARY_FLOAT = 100;
    private static final int ORACLE_BINARY_DOUBLE = 101;
    private static final Set<String> ZONED_NAMES =
            Set.of("timestamptz", "timestampltz", "timestamp_tz", "timestamp_ltz");

    private JdbcObjects() {}

    static boolean isZoned(ResultSetMetaData data, int position) throws SQLException {
        int type = data.getColumnType(position);
        return type == JDBCType.TIMESTAMP_WITH_TIMEZONE.getVendorTypeNumber()
                || type == ORACLE_TIMESTAMPTZ
                || type == ORACLE_TIMESTAMPLTZ
                || (type == JDBCType.TIMESTAMP.getVendorTypeNumber()
                        && ZONED_NAMES.contains(
                                String.valueOf(data.getColumnTypeName(position)).toLowerCase(Locale.ROOT)));
    }

    static JDBCType type(ResultSetMetaData data, int position) throws SQLException {
        int type = data.getColumnType(position);
        return switch (type) {
            case ORACLE_BINARY_FLOAT -> JDBCType.REAL;
            case ORACLE_BINARY_DOUBLE -> JDBCType.DOUBLE;
            default -> {
                for (JDBCType known : JDBCType.values()) {
                    if (known.getVendorTypeNumber() == type) {
                        yield known;
                    }
                }
                yield JDBCType.OTHER;
            }
        };
    }

    // The second way of each is for drivers from before JDBC 4.2.

    static @Nullable Object zonedTime(ResultSet row, int position) throws SQLException {
        try {
            return Getters.zonedTime(row, position);
        } catch (SQLException e) {
            Timestamp time = row.getTimestamp(position, AnyJdbcDialect.utc());
            return time == null ? null : time.toInstant();
        }
    }

    static @Nullable Object localTime(ResultSet row, int position) throws SQLException {
        try {
            return Getters.localTime(row, position);
        } catch (SQLException e) {
            Timestamp time = row.getTimestamp(position, AnyJdbcDialect.utc());
            return time == null ? null : LocalDateTime.ofInstant(time.toInstant(), ZoneOffset.UTC);
        }
    }

    static @Nullable Object date(ResultSet row, int position) throws SQLException {
        try {
            return Getters.date(row, position);
        } catch (SQLException e) {
            java.sql.Date date = row.getDate(position);
            return date == null ? null : date.toLocalDate();
        }
    }

    static @Nullable Object nested(ResultSet row, int position) throws SQLException {
        String text = row.getString(position);
        return text == null ? null : new Cells.Unreadable(Getters.nested("structure"), text);
    }

    static @Nullable Object array(ResultSet row, int position) throws SQLException {
        Array array = row.getArray(position);
        if (array == null) {
            return null;
        }
        if (!(array.getArray() instanceof Object[] values)) {
            throw new BadCellException("unsupported_type", "The array is of a kind that a property cannot hold.");
        }
        List<@Nullable Object> elements = new ArrayList<>(values.length);
        for (Object value : values) {
            elements.add(cell(value));
        }
        return elements;
    }

    private static @Nullable Object cell(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Double number -> Getters.binary64(number);
            case Float number -> Getters.binary32(number);
            case BigDecimal number -> number;
            case Number number -> new BigDecimal(number.toString());
            case Boolean bool -> bool;
            case LocalDate date -> date;
            case LocalDateTime time -> time;
            case Instant time -> time;
            case OffsetDateTime time -> time.toInstant();
            case ZonedDateTime time -> time.toInstant();
            case Timestamp time -> time.toLocalDateTime();
            case java.sql.Date date -> date.toLocalDate();
            case Object[] _ -> throw nestedArray();
            case Array _ -> throw nestedArray();
            case byte[] _ -> throw Getters.refusedBytes();
            case Map<?, ?> _ -> throw Getters.nested("map");
            default -> value.toString();
        };
    }

    private static BadCellException nestedArray() {
        return new BadCellException(
                "nested_array", "A property can hold a flat array only. Unnest it, or join its elements to a text.");
    }
}
