package io.meterline.loader.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A connection to PostgreSQL with one read-only transaction, in which each statement sees what was committed before it. */
final class PostgresSession implements SourceSession {

    // What texts of values depend on. A query that passed SqlText cannot change them.
    private static final String SETTINGS = """
            SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
            SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'iso_8601';
            SET LOCAL extra_float_digits = 1; SET LOCAL standard_conforming_strings = on;
            SET LOCAL statement_timeout =\s""";

    private static final String SELECT_FROM = "SELECT * FROM (\n";
    private static final String NO_ROWS = "\n) AS source LIMIT 0";
    private static final String EXPLAIN = "EXPLAIN (FORMAT JSON)\n";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSession.class);

    private final Connection connection;
    private final ReadLimits limits;
    private @Nullable Described described;
    private @Nullable PostgresRows rows;
    private volatile boolean cancelled;

    private PostgresSession(Connection connection, ReadLimits limits) {
        this.connection = connection;
        this.limits = limits;
    }

    private record Described(SqlText query, List<Column> columns) {}

    /** The session closes the connection, also when this throws. */
    static PostgresSession begin(Connection connection, ReadLimits limits) {
        PostgresSession session = new PostgresSession(connection, limits);
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(SETTINGS + limits.statementTimeout().toMillis());
            return session;
        } catch (SQLException e) {
            session.close();
            throw PostgresErrors.ofStatement(e, false);
        }
    }

    @Override
    public SourceMoment moment() {
        return look(PostgresMoment::read, PostgresMoment::clock);
    }

    @Override
    public List<Column> columns(SqlText query) {
        Described known = described;
        if (known == null || !known.query().equals(query)) {
            known = new Described(query, List.copyOf(describe(query)));
            described = known;
        }
        return known.columns();
    }

    private List<Column> describe(SqlText query) {
        SourceException first = null;
        for (String type : PostgresBinding.possibleTypes(query)) {
            FilledQuery filled = query.fill(placeholder -> PostgresBinding.unknown(placeholder, type));
            try (Statement statement = plain()) {
                Savepoint before = connection.setSavepoint();
                try {
                    return describe(statement, filled);
                } catch (SQLException e) {
                    connection.rollback(before);
                    SourceException failure = PostgresErrors.ofQuery(e, filled, SELECT_FROM.length(), cancelled);
                    first = first == null ? failure : first;
                }
            } catch (SQLException e) {
                throw first == null ? PostgresErrors.ofStatement(e, cancelled) : first;
            }
        }
        throw first == null ? new IllegalStateException("no type was tried") : first;
    }

    private static List<Column> describe(Statement statement, FilledQuery query) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (ResultSet nothing = statement.executeQuery(SELECT_FROM + query.text() + NO_ROWS)) {
            ResultSetMetaData data = nothing.getMetaData();
            for (int i = 1; i <= data.getColumnCount(); i++) {
                String type = data.getColumnTypeName(i);
                boolean array = data.getColumnType(i) == Types.ARRAY;
                columns.add(new Column(
                        data.getColumnLabel(i),
                        type,
                        PostgresTypes.kind(type, array),
                        PostgresTypes.valueType(type, array)));
            }
        }
        return columns;
    }

    @Override
    public OptionalLong estimate(SqlText query, Bindings bindings) {
        try (Statement statement = plain()) {
            Savepoint before = connection.setSavepoint();
            try {
                FilledQuery filled = bind(query, bindings);
                try (ResultSet plan = statement.executeQuery(EXPLAIN + filled.text())) {
                    return plan.next() ? plannedRows(plan.getString(1)) : OptionalLong.empty();
                }
            } catch (SQLException e) {
                // Whatever is wrong with the query, running it will say.
                connection.rollback(before);
                return OptionalLong.empty();
            }
        } catch (SQLException e) {
            throw PostgresErrors.ofStatement(e, cancelled);
        }
    }

    private static OptionalLong plannedRows(String plan) {
        try {
            long rows = JsonMapper.shared()
                    .readTree(plan)
                    .at("/0/Plan/Plan Rows")
                    .asDecimal()
                    .longValue();
            return OptionalLong.of(rows);
        } catch (JacksonException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public RowStream read(SqlText query, Bindings bindings) {
        List<Column> columns = columns(query);
        // The query itself, not a SELECT around it, so that its ORDER BY holds.
        String before = limits.rows() == 0 ? "COPY (\n" : "COPY (" + SELECT_FROM;
        String after = limits.rows() == 0 ? "\n) TO STDOUT" : "\n) AS source LIMIT " + limits.rows() + ") TO STDOUT";
        FilledQuery filled = query.fill(placeholder -> PostgresBinding.expression(placeholder, bindings));
        try {
            bind(query, bindings);
            PostgresRows started = new PostgresRows(
                    connection.unwrap(PGConnection.class).getCopyAPI().copyOut(before + filled.text() + after),
                    columns,
                    e -> PostgresErrors.ofQuery(e, filled, before.length(), cancelled));
            rows = started;
            return started;
        } catch (SQLException e) {
            throw PostgresErrors.ofQuery(e, filled, before.length(), cancelled);
        }
    }

    @Override
    public OptionalLong nextTransaction() {
        PostgresRows open = rows;
        if (open != null && !open.ended()) {
            // The connection is busy with the rows: asking it would wait for ever.
            throw new IllegalStateException("the rows have not been read to their end");
        }
        return look(PostgresMoment::nextTransaction, _ -> OptionalLong.empty());
    }

    /** A question to the database. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(Statement statement) throws SQLException;
    }

    // Databases that only speak like PostgreSQL, and some that are locked down, do not have what we look at.
    private <T> T look(Question<T> question, Question<T> otherwise) {
        try (Statement statement = connection.createStatement()) {
            Savepoint before = connection.setSavepoint();
            try {
                return question.ask(statement);
            } catch (SQLException e) {
                if (cancelled || !PostgresErrors.isOfTheStatement(e)) {
                    throw e;
                }
                connection.rollback(before);
                LOG.debug("a source does not tell its transactions: SQL state {}", e.getSQLState());
                return otherwise.ask(statement);
            }
        } catch (SQLException e) {
            throw PostgresErrors.ofStatement(e, cancelled);
        }
    }

    // COPY takes no parameters; settings of the transaction stand in for them.
    private FilledQuery bind(SqlText query, Bindings bindings) throws SQLException {
        for (Placeholder placeholder : Placeholder.values()) {
            if (query.uses(placeholder)) {
                try (PreparedStatement set = connection.prepareStatement("SELECT set_config(?, ?, true)")) {
                    set.setString(1, PostgresBinding.setting(placeholder));
                    set.setString(2, PostgresBinding.text(bindings.of(placeholder)));
                    set.execute();
                }
            }
        }
        return query.fill(placeholder -> PostgresBinding.expression(placeholder, bindings));
    }

    // As typed: the driver must not read ? or {…} as its own.
    private Statement plain() throws SQLException {
        Statement statement = connection.createStatement();
        statement.setEscapeProcessing(false);
        return statement;
    }

    @Override
    public void cancel() {
        cancelled = true;
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException e) {
            LOG.warn("a source did not take a cancellation: SQL state {}", e.getSQLState());
        }
        // A source that does not answer would be waited for until the socket's timeout.
        abort();
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
        try (Connection closing = connection) {
            PostgresRows open = rows;
            if (open != null) {
                open.stop();
            }
            closing.rollback();
        } catch (SQLException e) {
            // Nothing depends on the end of a read-only transaction, and the connection is gone either way.
            LOG.debug("closing the connection to a source: SQL state {}", e.getSQLState());
        }
    }
}
