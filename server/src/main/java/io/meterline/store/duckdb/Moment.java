package io.meterline.store.duckdb;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.Lock;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * One consistent moment of both databases, for the statements of one read.
 *
 * <p>DuckDB fixes the moment of each database when a statement first touches it. So the first statement must touch the
 * tables of every type that the read is about; a read about several types calls {@link #pin} before.
 */
final class Moment implements AutoCloseable {

    private final DuckDBConnection connection;
    private final Lock reading;
    private final CatalogSnapshot tables;
    private @Nullable Lock beginning;

    Moment(DuckDBConnection connection, Catalog catalog) throws SQLException {
        this.connection = connection;
        this.reading = catalog.mainCommits().reading();
        Lock lock = catalog.beginning();
        lock.lock();
        beginning = lock;
        try {
            Database.execute(connection, "BEGIN TRANSACTION READ ONLY");
        } catch (SQLException e) {
            begun();
            throw e;
        }
        tables = catalog.published();
    }

    /** The event types and where their rows are. */
    CatalogSnapshot tables() {
        return tables;
    }

    /** Fixes the moment of both databases. */
    void pin() throws SQLException {
        prepare("SELECT 1 FROM " + Database.EVENTS + ".position, " + Database.RECENT + ".pin", List.of())
                .close();
    }

    /** For temporary tables, which end with the moment. */
    DuckDBConnection connection() {
        return connection;
    }

    /** A statement with its parameters set. */
    PreparedStatement prepare(String sql, List<String> parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        begun();
        for (int i = 0; i < parameters.size(); i++) {
            statement.setString(i + 1, parameters.get(i));
        }
        return statement;
    }

    /** The result of a statement; no commit to the main tables falls into its execution. */
    ResultSet execute(PreparedStatement statement) throws SQLException {
        reading.lock();
        try {
            return statement.executeQuery();
        } finally {
            reading.unlock();
        }
    }

    private void begun() {
        if (beginning != null) {
            beginning.unlock();
            beginning = null;
        }
    }

    @Override
    public void close() throws SQLException {
        begun();
        Database.execute(connection, "ROLLBACK");
    }
}
