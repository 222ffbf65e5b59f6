package io.meterline.file;

import io.meterline.event.Timestamps;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/** The rows of a Parquet file, read by a DuckDB in memory that can reach this file and nothing else. */
final class ParquetRecords implements RecordSource {

    private static final String MEMORY = "256MiB";

    private final Connection connection;
    private final PreparedStatement statement;
    private final ResultSet rows;
    private final List<FileColumn> columns;
    private final List<ParquetType> types;
    private final EventLine event;
    private final long total;
    private long row;

    private ParquetRecords(Connection connection, Path file) throws SQLException {
        this.connection = connection;
        String source = "read_parquet(" + quoted(file.toString()) + ", hive_partitioning = false)";
        List<String> headers = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (Statement describe = connection.createStatement();
                ResultSet described = describe.executeQuery("DESCRIBE SELECT * FROM " + source)) {
            while (described.next()) {
                headers.add(described.getString(1));
                names.add(described.getString(2));
            }
        }
        this.columns = FileColumn.of(headers);
        this.types = types(columns, names);
        this.event = new EventLine(columns);
        this.total = count(source);
        // The names in the file stay out of the SQL.
        List<String> aliases = new ArrayList<>();
        List<String> selected = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            aliases.add("c" + i);
            selected.add(types.get(i).sql("c" + i));
        }
        this.statement = connection.prepareStatement("SELECT " + String.join(", ", selected) + " FROM " + source
                + " AS file(" + String.join(", ", aliases) + ")");
        this.rows = statement.executeQuery();
    }

    static ParquetRecords open(Path file) {
        Path real = file.toAbsolutePath().normalize();
        @Nullable Connection connection = null;
        boolean opened = false;
        try {
            connection = connect(real);
            ParquetRecords records = new ParquetRecords(connection, real);
            opened = true;
            return records;
        } catch (SQLException e) {
            throw unreadable(e);
        } finally {
            if (!opened && connection != null) {
                close(connection);
            }
        }
    }

    private static Connection connect(Path file) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET autoinstall_known_extensions = false");
            statement.execute("SET autoload_known_extensions = false");
            statement.execute("SET memory_limit = '" + MEMORY + "'");
            statement.execute("SET threads = 1");
            statement.execute("SET temp_directory = ''");
            statement.execute("SET allowed_paths = [" + quoted(file.toString()) + "]");
            // The order matters: this closes what is not allowed by now, and the lock keeps it closed.
            statement.execute("SET enable_external_access = false");
            statement.execute("SET lock_configuration = true");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static List<ParquetType> types(List<FileColumn> columns, List<String> names) {
        List<ParquetType> types = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            ParquetType type = ParquetType.of(names.get(i));
            if (type == null || (type.isList() && columns.get(i).role() != FileColumn.Role.PROPERTY)) {
                throw new FileException(
                        "unsupported_column_type",
                        "The column " + columns.get(i).header() + " is of the type " + shown(names.get(i))
                                + ", which an event cannot hold there. A property is text, a number, a boolean, a time or a"
                                + " list of those; write parts of a struct as columns of their own.");
            }
            types.add(type);
        }
        return types;
    }

    private static String shown(String type) {
        return type.length() > 100 ? type.substring(0, 100) + "…" : type;
    }

    private long count(String source) throws SQLException {
        try (Statement count = connection.createStatement();
                ResultSet result = count.executeQuery("SELECT count(*) FROM " + source)) {
            result.next();
            return result.getLong(1);
        }
    }

    @Override
    public boolean next(Chunk chunk) {
        try {
            if (!rows.next()) {
                return false;
            }
            row++;
            List<Cell> cells = new ArrayList<>(columns.size());
            for (int i = 0; i < columns.size(); i++) {
                cells.add(cell(i));
            }
            event.write(chunk, row, cells);
            return true;
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private Cell cell(int index) throws SQLException {
        ParquetType type = types.get(index);
        if (type.isList()) {
            Array list = rows.getArray(index + 1);
            return list == null ? Cell.Absent.ABSENT : list((Object[]) list.getArray(), type.kind());
        }
        String text = rows.getString(index + 1);
        if (text == null) {
            return Cell.Absent.ABSENT;
        }
        FileColumn.Role role = columns.get(index).role();
        if (role.isAlwaysText()) {
            return new Cell.Text(text);
        }
        return role == FileColumn.Role.JSON_PROPERTY ? EventLine.ofJson(text) : scalar(text, type.kind());
    }

    private static Cell scalar(String text, ParquetType.Kind kind) {
        return switch (kind) {
            case TEXT -> new Cell.Text(text);
            case BOOLEAN -> new Cell.Json(text);
            case JSON -> EventLine.ofJson(text);
            case NUMBER ->
                CsvCells.isNumber(text)
                        ? new Cell.Json(text)
                        : new Cell.Unusable("not_a_number", text + " is no number that can be counted.");
            case TIME, ZONED_TIME -> new Cell.Text(time(text));
        };
    }

    // Years that ISO 8601 does not write in four digits are left for the rules on events to refuse.
    private static String time(String micros) {
        return CsvCells.isNumber(micros) ? Timestamps.text(Long.parseLong(micros)) : micros;
    }

    private static Cell list(@Nullable Object[] elements, ParquetType.Kind kind) {
        StringBuilder json = new StringBuilder("[");
        for (int i = 0; i < elements.length; i++) {
            Object element = elements[i];
            json.append(i == 0 ? "" : ",");
            if (element == null) {
                json.append("null");
                continue;
            }
            switch (scalar(element.toString(), kind)) {
                case Cell.Text(String text) ->
                    json.append('"')
                            .append(JsonStringEncoder.getInstance().quoteAsCharArray(text))
                            .append('"');
                case Cell.Json(String value) -> json.append(value);
                case Cell.Unusable unusable -> {
                    return unusable;
                }
                case Cell.Absent _ -> json.append("null");
            }
        }
        return new Cell.Json(json.append(']').toString());
    }

    private static FileException unreadable(SQLException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        String said = end < 0 ? message : message.substring(0, end);
        // The path is the server's own.
        String shown = said.replaceAll("[^\\s'\"]*imp_[0-9a-f]+", "the file");
        return new FileException("unreadable_file", "The file cannot be read as Parquet: " + shown, e);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public int percent() {
        return total == 0 ? 100 : (int) (row * 100 / total);
    }

    @Override
    public void close() {
        close(rows);
        close(statement);
        close(connection);
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new IllegalStateException("the reader of a Parquet file cannot be closed", e);
        }
    }
}
