package io.meterline.loader.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session through JDBC.
 *
 * <p>The time limit is ours: at its end the statement is cancelled from outside, since not every source has one.
 */
final class JdbcSession implements SourceSession {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcSession.class);

    private final Connection connection;
    private final JdbcDialect dialect;
    private final ReadLimits limits;
    private volatile @Nullable PreparedStatement statement;
    private volatile boolean cancelled;
    private volatile boolean timedOut;
    private @Nullable JdbcRows rows;
    private @Nullable Future<?> deadline;

    private JdbcSession(Connection connection, JdbcDialect dialect, ReadLimits limits) {
        this.connection = connection;
        this.dialect = dialect;
        this.limits = limits;
    }

    /** The session closes the connection, also when this throws. */
    static JdbcSession begin(Connection connection, JdbcDialect dialect, ReadLimits limits) {
        JdbcSession session = new JdbcSession(connection, dialect, limits);
        try {
            dialect.begin(connection, limits);
            return session;
        } catch (SQLException e) {
            session.close();
            throw session.failure(e, null);
        }
    }

    @Override
    public SourceMoment moment() {
        try (Statement asking = connection.createStatement()) {
            return dialect.moment(asking);
        } catch (SQLException e) {
            throw failure(e, null);
        }
    }

    @Override
    public List<Column> columns(SqlText query) {
        requireQuery(query);
        FilledQuery filled = query.fill(
                placeholder -> dialect.parameter(placeholder == Placeholder.CURSOR ? null : ValueType.ZONED_TIME));
        try (PreparedStatement prepared = connection.prepareStatement(filled.text())) {
            return columns(prepared.getMetaData()).stream()
                    .map(JdbcColumn::column)
                    .toList();
        } catch (SQLException e) {
            throw failure(e, filled);
        }
    }

    @Override
    public RowStream read(SqlText query, Bindings bindings) {
        requireQuery(query);
        FilledQuery filled = query.fill(
                placeholder -> dialect.parameter(bindings.of(placeholder).type()));
        JdbcDialect.Attempt attempt = on -> prepare(on, filled, bindings);
        try {
            deadline = Deadlines.after(limits.statementTimeout(), this::expire);
            // The types of the result itself: some drivers know more of them than before it ran.
            ResultSet result = attempt.on(connection).executeQuery();
            List<JdbcColumn> columns = columns(result.getMetaData());
            JdbcRows started =
                    new JdbcRows(result, columns, limits.rows(), () -> cancelled || timedOut, e -> failure(e, filled));
            rows = started;
            return started;
        } catch (SQLException e) {
            throw failure(cancelled || timedOut ? e : dialect.cause(e, attempt), filled);
        }
    }

    private PreparedStatement prepare(Connection on, FilledQuery query, Bindings bindings) throws SQLException {
        PreparedStatement prepared = on.prepareStatement(query.text());
        statement = prepared;
        prepared.setFetchSize(dialect.fetchSize());
        for (int i = 0; i < query.pieces().size(); i++) {
            Placeholder placeholder = query.pieces().get(i).occurrence().placeholder();
            dialect.bind(prepared, i + 1, bindings.of(placeholder));
        }
        if (cancelled) {
            throw new SQLException("cancelled before it began");
        }
        return prepared;
    }

    @Override
    public void cancel() {
        cancelled = true;
        stop();
    }

    private void expire() {
        timedOut = true;
        stop();
    }

    private void stop() {
        PreparedStatement running = statement;
        try {
            if (running != null) {
                running.cancel();
            }
        } catch (SQLException e) {
            // Then whoever waits for it is told at least: the reader stops at its next row, or here.
            LOG.warn("a source did not take a cancellation: SQL state {}", e.getSQLState());
            abort();
        }
    }

    private void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.warn("a connection to a source could not be cut: SQL state {}", e.getSQLState());
        }
    }

    @Override
    public void close() {
        if (deadline != null) {
            deadline.cancel(false);
        }
        try (Connection closing = connection) {
            // Closing a result that is still being sent would read all the rest of it.
            if (rows != null && !rows.ended()) {
                stop();
            }
            if (statement != null) {
                statement.close();
            }
            if (!closing.isClosed() && !closing.getAutoCommit()) {
                closing.rollback();
            }
        } catch (SQLException e) {
            // Nothing depends on the end of a read-only transaction, and the connection is gone either way.
            LOG.debug("closing the connection to a source: SQL state {}", e.getSQLState());
        }
    }

    private void requireQuery(SqlText query) {
        if (!dialect.reads(query)) {
            throw new SourceException(
                    "query_writes",
                    "A loader only reads. The query must begin with SELECT, or with WITH and end in one.",
                    null);
        }
    }

    private List<JdbcColumn> columns(@Nullable ResultSetMetaData data) throws SQLException {
        if (data == null) {
            throw new SourceException("query_writes", "The query returns no rows. A loader only reads.", null);
        }
        List<JdbcColumn> columns = new ArrayList<>();
        for (int i = 1; i <= data.getColumnCount(); i++) {
            columns.add(dialect.column(data, i));
        }
        return columns;
    }

    private SourceException failure(SQLException e, @Nullable FilledQuery query) {
        if (cancelled) {
            return new SourceException("cancelled", "The run was cancelled.", e);
        }
        if (timedOut) {
            return new SourceException(
                    "statement_timeout",
                    "The query took longer than its time limit. Make it narrower, or add an index.",
                    e);
        }
        return dialect.failure(e, query);
    }
}
