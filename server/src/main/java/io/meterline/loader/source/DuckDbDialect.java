package io.meterline.loader.source;

import io.meterline.event.Timestamps;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** DuckDB, reading files. */
final class DuckDbDialect implements JdbcDialect {

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    // Of a message: "Parser Error: syntax error at or near …", a blank line, "LINE 2: …" and a line with a caret.
    private static final Pattern SAID = Pattern.compile("^(?:([A-Z][A-Za-z ]+) Error: )?([^\\n]*)");
    private static final Pattern PLACE = Pattern.compile("\\nLINE (\\d+): ");

    private final Path folder;
    private final Connector materializing;

    /**
     * @param folder of the connection, which messages leave out
     * @param materializing opens the same database without streaming
     */
    DuckDbDialect(Path folder, Connector materializing) {
        this.folder = folder;
        this.materializing = materializing;
    }

    @FunctionalInterface
    interface Connector {
        Connection connect() throws SQLException;
    }

    @Override
    public boolean reads(SqlText query) {
        return query.firstWord().equals("from") || READING_WORDS.contains(query.firstWord());
    }

    @Override
    public void begin(Connection connection, ReadLimits limits) {
        // A database of this session alone, in memory: there is nothing to protect from writes.
    }

    @Override
    public SourceMoment moment(Statement statement) throws SQLException {
        try (ResultSet now = statement.executeQuery("SELECT epoch_us(get_current_timestamp())")) {
            now.next();
            return SourceMoment.at(now.getLong(1));
        }
    }

    @Override
    public JdbcColumn column(ResultSetMetaData data, int position) throws SQLException {
        String type = data.getColumnTypeName(position);
        return new JdbcColumn(
                new Column(data.getColumnLabel(position), type, kind(type), valueType(type)), getter(type));
    }

    private static Column.Kind kind(String type) {
        if (type.endsWith("]")) {
            return Column.Kind.ARRAY;
        }
        return switch (base(type)) {
            case "TINYINT",
                    "SMALLINT",
                    "INTEGER",
                    "BIGINT",
                    "HUGEINT",
                    "UTINYINT",
                    "USMALLINT",
                    "UINTEGER",
                    "UBIGINT",
                    "UHUGEINT",
                    "DECIMAL",
                    "FLOAT",
                    "DOUBLE" -> Column.Kind.NUMBER;
            case "BOOLEAN" -> Column.Kind.BOOLEAN;
            case "DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE" ->
                Column.Kind.TIME;
            case "JSON" -> Column.Kind.JSON;
            case "BLOB" -> Column.Kind.BINARY;
            default -> Column.Kind.TEXT;
        };
    }

    private static @Nullable ValueType valueType(String type) {
        return switch (base(type)) {
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" -> ValueType.INTEGER;
            case "HUGEINT", "UBIGINT", "UHUGEINT", "DECIMAL", "FLOAT", "DOUBLE" -> ValueType.NUMBER;
            case "DATE" -> ValueType.DATE;
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> ValueType.LOCAL_TIME;
            case "TIMESTAMP WITH TIME ZONE" -> ValueType.ZONED_TIME;
            case "VARCHAR" -> ValueType.TEXT;
            case "UUID" -> ValueType.UUID;
            default -> null;
        };
    }

    private static String base(String type) {
        return type.startsWith("DECIMAL(") && type.endsWith(")") ? "DECIMAL" : type;
    }

    private static JdbcColumn.Getter getter(String type) {
        if (type.endsWith("]")) {
            return DuckDbDialect::array;
        }
        if (type.startsWith("STRUCT(") || type.startsWith("MAP(") || type.startsWith("UNION(")) {
            return DuckDbDialect::nested;
        }
        return switch (base(type)) {
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" -> Getters::integer;
            case "HUGEINT", "UBIGINT", "UHUGEINT" -> DuckDbDialect::scalar;
            case "DECIMAL" -> Getters::decimal;
            case "FLOAT" -> Getters::binary32;
            case "DOUBLE" -> Getters::binary64;
            case "BOOLEAN" -> Getters::bool;
            case "DATE" -> Getters::date;
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> Getters::localTime;
            case "TIMESTAMP WITH TIME ZONE" -> Getters::zonedTime;
            case "JSON" -> Getters::json;
            case "BLOB" -> Getters::bytes;
            default -> Getters::text;
        };
    }

    private static @Nullable Object array(ResultSet row, int position) throws SQLException {
        Array array = row.getArray(position);
        if (array == null) {
            return null;
        }
        List<@Nullable Object> elements = new ArrayList<>();
        for (Object element : (Object[]) array.getArray()) {
            elements.add(cell(element));
        }
        return elements;
    }

    private static @Nullable Object scalar(ResultSet row, int position) throws SQLException {
        return cell(row.getObject(position));
    }

    private static @Nullable Object cell(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Double number -> Getters.binary64(number);
            case Float number -> Getters.binary32(number);
            case BigDecimal number -> number;
            case Number number -> new BigDecimal(number.toString());
            case Boolean bool -> bool;
            case OffsetDateTime time -> time.toInstant();
            case java.sql.Timestamp time -> time.toLocalDateTime();
            case LocalDate date -> date;
            case Array _ ->
                throw new BadCellException(
                        "nested_array", "A property can hold a flat array only. Use unnest or array_to_string.");
            case java.sql.Struct _ -> throw Getters.nested("struct");
            case java.util.Map<?, ?> _ -> throw Getters.nested("map");
            case java.sql.Blob _ -> throw Getters.refusedBytes();
            default -> value.toString();
        };
    }

    private static @Nullable Object nested(ResultSet row, int position) throws SQLException {
        String text = row.getString(position);
        return text == null ? null : new Cells.Unreadable(Getters.nested("struct or map"), text);
    }

    @Override
    public String parameter(@Nullable ValueType type) {
        return switch (type) {
            case null -> "?";
            case ZONED_TIME -> "CAST(? AS TIMESTAMPTZ)";
            case LOCAL_TIME -> "CAST(? AS TIMESTAMP)";
            case DATE -> "CAST(? AS DATE)";
            case INTEGER -> "CAST(? AS BIGINT)";
            case NUMBER -> "CAST(? AS DECIMAL(38, 18))";
            case TEXT -> "CAST(? AS VARCHAR)";
            case UUID -> "CAST(? AS UUID)";
        };
    }

    @Override
    public void bind(PreparedStatement statement, int position, BoundValue value) throws SQLException {
        statement.setString(
                position,
                switch (value) {
                    case BoundValue.Least least -> least(least.type());
                    case BoundValue.Time time ->
                        switch (time.type()) {
                            case DATE ->
                                LocalDate.ofEpochDay(Math.floorDiv(time.micros(), MICROS_PER_DAY))
                                        .toString();
                            case LOCAL_TIME -> Timestamps.text(time.micros()).replace("Z", "");
                            case ZONED_TIME, INTEGER, NUMBER, TEXT, UUID -> Timestamps.text(time.micros());
                        };
                    case BoundValue.Number number -> number.value().toPlainString();
                    case BoundValue.Text text -> text.value();
                });
    }

    private static String least(ValueType type) {
        return switch (type) {
            case ZONED_TIME, LOCAL_TIME, DATE -> "-infinity";
            case INTEGER -> Long.toString(Long.MIN_VALUE);
            case NUMBER -> "-99999999999999999999";
            case TEXT -> "";
            case UUID -> "00000000-0000-0000-0000-000000000000";
        };
    }

    @Override
    public SourceException failure(SQLException e, @Nullable FilledQuery query) {
        String message = String.valueOf(e.getMessage());
        Matcher matcher = SAID.matcher(message);
        String kind = matcher.find() && matcher.group(1) != null ? matcher.group(1) : "";
        String said = matcher.group(2).replace(folder + "/", "");
        String sentence = "The source says: " + said + place(message) + ".";
        return switch (kind) {
            case "Parser" -> new SourceException("syntax_error", sentence, e);
            case "Permission" ->
                new SourceException(
                        "file_not_allowed",
                        "Only files of the connection's folder can be read, and they are named with file(), as in"
                                + " read_csv(file('usage.csv')), read_parquet(file('*.parquet')).",
                        e);
            case "Out of Memory" ->
                new SourceException(
                        "query_failed",
                        "The query needs more than 512 MiB of memory. Sort and group less, or join fewer files.",
                        e);
            case "IO" -> new SourceException("file_unreadable", sentence, e);
            case "Binder" ->
                new SourceException(said.contains("olumn") ? "unknown_column" : "query_failed", sentence, e);
            case "Catalog" ->
                new SourceException(said.startsWith("Table with name") ? "unknown_table" : "query_failed", sentence, e);
            default -> new SourceException("query_failed", sentence, e);
        };
    }

    // A streaming result that fails before its first rows has lost its reason (duckdb_jdbc 2.0).
    @Override
    public SQLException cause(SQLException e, Attempt attempt) {
        if (!String.valueOf(e.getMessage()).endsWith("Invalid result set")) {
            return e;
        }
        try (Connection connection = materializing.connect();
                PreparedStatement again = attempt.on(connection)) {
            again.executeQuery().close();
            return e;
        } catch (SQLException reason) {
            return reason;
        }
    }

    private static String place(String message) {
        Matcher place = PLACE.matcher(message);
        if (!place.find()) {
            return "";
        }
        int caret = message.indexOf('^', place.end());
        int lineStart = message.lastIndexOf('\n', caret) + 1;
        int column = caret - lineStart - (place.end() - place.start() - 1) + 1;
        boolean shortened = message.startsWith("...", place.end());
        return ", at line " + place.group(1) + (caret < 0 || shortened || column < 1 ? "" : ", column " + column);
    }
}
