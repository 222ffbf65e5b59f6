package io.meterline.file;

import io.meterline.event.Decimals;
import io.meterline.event.PropertyValue;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/**
 * Writes Parquet, which is complete only at its end: the rows go to a table of a DuckDB in the scratch folder, and from
 * there to a file, and that to the output.
 *
 * <p>Begun, filled and ended by one platform thread: rows that another thread flushes are lost without a word (duckdb_jdbc
 * 2.0.0).
 */
final class ParquetTable implements TableWriter {

    private static final String MEMORY = "256MiB";

    private final OutputStream out;
    private final Path scratch;
    private List<TableColumn> columns = List.of();
    private @Nullable DuckDBConnection connection;
    private @Nullable DuckDBAppender appender;

    ParquetTable(OutputStream out, Path scratch) {
        this.out = out;
        this.scratch = scratch;
    }

    @Override
    public void begin(List<TableColumn> named) throws IOException {
        columns = List.copyOf(named);
        Set<String> folded = new HashSet<>();
        for (TableColumn column : columns) {
            if (!folded.add(column.name().toLowerCase(Locale.ROOT))) {
                throw new RuleException(
                        Kind.UNPROCESSABLE,
                        "columns_differ_by_case",
                        "Parquet cannot hold " + column.name()
                                + " beside a column that differs only by capitals. Export CSV or NDJSON.");
            }
        }
        Files.createDirectories(scratch);
        try {
            DuckDBConnection opened = (DuckDBConnection)
                    new DuckDBDriver().connect("jdbc:duckdb:" + scratch.resolve("rows"), new Properties());
            connection = opened;
            execute("SET autoinstall_known_extensions = false");
            execute("SET autoload_known_extensions = false");
            execute("SET memory_limit = '" + MEMORY + "'");
            execute("SET threads = 2");
            List<String> definitions = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                definitions.add("c" + i + " VARCHAR");
            }
            execute("CREATE TABLE exported (" + String.join(", ", definitions) + ")");
            appender = opened.createAppender("main", "exported");
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void row(List<? extends @Nullable PropertyValue> cells) throws IOException {
        try {
            DuckDBAppender rows = present(appender);
            rows.beginRow();
            for (int i = 0; i < cells.size(); i++) {
                String text = text(cells.get(i), columns.get(i).kind());
                if (text == null) {
                    rows.appendNull();
                } else {
                    rows.append(text);
                }
            }
            rows.endRow();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static @Nullable String text(@Nullable PropertyValue value, TableColumn.Kind kind) {
        if (value == null || (kind == TableColumn.Kind.JSON && value != PropertyValue.Null.NULL)) {
            return value == null ? null : ValueJson.text(value);
        }
        return switch (value) {
            case PropertyValue.Text(String text) -> text;
            case PropertyValue.Number number -> Decimals.text(number.value());
            case PropertyValue.Bool bool -> Boolean.toString(bool.value());
            case PropertyValue.Null _ -> null;
            case PropertyValue.Array array -> ValueJson.text(array);
        };
    }

    @Override
    public void end() throws IOException {
        Path file = scratch.resolve("file");
        try {
            present(appender).close();
            appender = null;
            List<String> selected = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                selected.add(cast("c" + i, columns.get(i).kind()) + " AS \""
                        + columns.get(i).name().replace("\"", "\"\"") + "\"");
            }
            execute("COPY (SELECT " + String.join(", ", selected) + " FROM exported) TO " + quoted(file.toString())
                    + " (FORMAT parquet, COMPRESSION zstd)");
        } catch (SQLException e) {
            throw failed(e);
        }
        Files.copy(file, out);
    }

    private static String cast(String column, TableColumn.Kind kind) {
        return switch (kind) {
            case TEXT, JSON -> column;
            case NUMBER -> "CAST(" + column + " AS DECIMAL(38, 18))";
            case BOOLEAN -> "CAST(" + column + " AS BOOLEAN)";
            case TIME -> "CAST(" + column + " AS TIMESTAMP WITH TIME ZONE)";
        };
    }

    @Override
    public void close() throws IOException {
        try {
            if (appender != null) {
                appender.close();
            }
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            remove();
        }
    }

    private void remove() throws IOException {
        if (Files.isDirectory(scratch)) {
            try (Stream<Path> files = Files.list(scratch)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(scratch);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = present(connection).createStatement()) {
            statement.execute(sql);
        }
    }

    private static <T> T present(@Nullable T begun) {
        if (begun == null) {
            throw new IllegalStateException("begin comes first");
        }
        return begun;
    }

    private static IOException failed(SQLException e) {
        return new IOException("Parquet could not be written", e);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
