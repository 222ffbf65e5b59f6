package io.meterline.loader.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What differs between databases that are read through JDBC with {@code ?} parameters. */
interface JdbcDialect {

    /** What a reading statement begins with. */
    Set<String> READING_WORDS = Set.of("select", "with", "values");

    /** False for what is clearly no read. What is not clear is left to the source, which holds the session read-only. */
    default boolean reads(SqlText query) {
        return READING_WORDS.contains(query.firstWord());
    }

    /** Makes the session read-only, in UTC, as far as the source has that. */
    void begin(Connection connection, ReadLimits limits) throws SQLException;

    SourceMoment moment(Statement statement) throws SQLException;

    JdbcColumn column(ResultSetMetaData data, int position) throws SQLException;

    /**
     * What stands for a placeholder in the query: one {@code ?} with what its type needs around it.
     *
     * @param type null as long as it is not known
     */
    default String parameter(@Nullable ValueType type) {
        return "?";
    }

    void bind(PreparedStatement statement, int position, BoundValue value) throws SQLException;

    /** Rows of a batch, as a hint to the driver. */
    default int fetchSize() {
        return 1_000;
    }

    /** Prepares a query that failed once more, with its values, on another connection. */
    @FunctionalInterface
    interface Attempt {
        PreparedStatement on(Connection connection) throws SQLException;
    }

    /** Why a query could not be started, for drivers that do not say so at first. */
    default SQLException cause(SQLException e, Attempt attempt) {
        return e;
    }

    /**
     * The reason why a statement failed.
     *
     * @param query what was sent, null when it was a statement of ours
     */
    SourceException failure(SQLException e, @Nullable FilledQuery query);
}
