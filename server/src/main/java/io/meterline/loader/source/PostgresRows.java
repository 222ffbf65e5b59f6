package io.meterline.loader.source;

import io.meterline.event.PropertyValue;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of one {@code COPY … TO STDOUT} in text format, in a read-only transaction of its own connection. */
final class PostgresRows implements RowStream {

    // What texts of values depend on. A query that passed SqlText cannot change them.
    private static final String SESSION = """
            SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'iso_8601';
            SET LOCAL extra_float_digits = 1; SET LOCAL standard_conforming_strings = on;
            SET LOCAL statement_timeout =\s""";

    private static final String DESCRIBE_BEFORE = "SELECT * FROM (\n";
    private static final String DESCRIBE_AFTER = "\n) AS source LIMIT 0";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresRows.class);

    private final Connection connection;
    private final SqlText query;
    private final CopyRow row = new CopyRow();
    private List<Column> columns = List.of();
    private CellDecoder[] decoders = {};
    private @Nullable CopyOut copy;
    private volatile boolean cancelled;

    private PostgresRows(Connection connection, SqlText query) {
        this.connection = connection;
        this.query = query;
    }

    static PostgresRows start(Connection connection, SqlText query, ReadLimits limits) {
        PostgresRows rows = new PostgresRows(connection, query);
        try {
            rows.describeAndCopy(limits);
            return rows;
        } catch (RuntimeException e) {
            rows.close();
            throw e;
        }
    }

    private void describeAndCopy(ReadLimits limits) {
        int prefix = DESCRIBE_BEFORE.length();
        try {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                // As typed: the driver must not read ? or {…} as its own.
                statement.setEscapeProcessing(false);
                statement.execute(SESSION + limits.statementTimeout().toMillis());
                describe(statement);
            }
            // The query itself, not a SELECT around it, so that its ORDER BY holds.
            String before = limits.rows() == 0 ? "COPY (\n" : "COPY (" + DESCRIBE_BEFORE;
            String after =
                    limits.rows() == 0 ? "\n) TO STDOUT" : "\n) AS source LIMIT " + limits.rows() + ") TO STDOUT";
            prefix = before.length();
            copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(before + query.statement() + after);
        } catch (SQLException e) {
            throw PostgresErrors.ofQuery(e, query, prefix, cancelled);
        }
    }

    private void describe(Statement statement) throws SQLException {
        try (ResultSet nothing = statement.executeQuery(DESCRIBE_BEFORE + query.statement() + DESCRIBE_AFTER)) {
            ResultSetMetaData data = nothing.getMetaData();
            List<Column> found = new ArrayList<>();
            decoders = new CellDecoder[data.getColumnCount()];
            for (int i = 0; i < decoders.length; i++) {
                String type = data.getColumnTypeName(i + 1);
                boolean array = data.getColumnType(i + 1) == Types.ARRAY;
                decoders[i] = PostgresTypes.decoder(type, array);
                found.add(new Column(data.getColumnLabel(i + 1), type, PostgresTypes.kind(type, array)));
            }
            columns = List.copyOf(found);
            row.expect(decoders.length);
        }
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public boolean next() {
        CopyOut open = copy;
        if (open == null) {
            return false;
        }
        try {
            byte[] line = open.readFromCopy();
            if (line == null) {
                copy = null;
                return false;
            }
            row.read(line);
            return true;
        } catch (SQLException e) {
            copy = null;
            throw PostgresErrors.ofQuery(e, query, 0, cancelled);
        }
    }

    @Override
    public boolean isNull(int column) {
        return row.isNull(column);
    }

    @Override
    public PropertyValue value(int column) {
        if (row.isNull(column)) {
            return PropertyValue.Null.NULL;
        }
        return decoders[column].decode(row.bytes(), row.from(column), row.to(column));
    }

    @Override
    public long micros(int column) {
        return TimeText.micros(row.bytes(), row.from(column), row.to(column));
    }

    @Override
    public @Nullable String text(int column) {
        return row.isNull(column) ? null : CellDecoder.text(row.bytes(), row.from(column), row.to(column));
    }

    @Override
    public int bytes() {
        return row.bytes().length;
    }

    @Override
    public void cancel() {
        cancelled = true;
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException e) {
            // The reader stops at its next row all the same.
            LOG.warn("a source did not take a cancellation: SQL state {}", e.getSQLState());
        }
    }

    /** Ends the read; a source that is still sending is told to stop. */
    @Override
    public void close() {
        try (Connection closing = connection) {
            CopyOut open = copy;
            if (open != null && open.isActive()) {
                copy = null;
                open.cancelCopy();
            }
            closing.rollback();
        } catch (SQLException e) {
            // Nothing depends on the end of a read-only transaction, and the connection is gone either way.
            LOG.debug("closing the connection to a source: SQL state {}", e.getSQLState());
        }
    }
}
