package io.meterline.loader.source;

import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in words what went wrong at a database that we know nothing of, from the states of standard SQL. */
final class AnyJdbcErrors {

    private static final int MAX_SAID = 500;

    // Words of Oracle, Snowflake, BigQuery, Redshift and H2, whose states say less.
    private static final Pattern WRONG_PASSWORD =
            words("incorrect username or password|invalid username/password|authentication failed|login failed"
                    + "|logon denied|access denied for user");
    private static final Pattern NO_RIGHTS =
            words("permission denied|insufficient privileges|not enough rights|access denied");
    private static final Pattern NO_TABLE = words(
            "table or view .*does not exist|relation .* does not exist|object .* does not exist|not found: (?:table|dataset)");
    private static final Pattern NO_COLUMN = words("invalid identifier|unrecognized name|column .* does not exist");

    private AnyJdbcErrors() {}

    /** The reason why a connection could not be opened. */
    static SourceException ofConnecting(Throwable e, JdbcAddress address) {
        String place = JdbcUrl.place(address.url());
        if (e instanceof SourceException known) {
            return known;
        }
        SourceException network = NetworkErrors.of(e, place);
        if (network != null) {
            return network;
        }
        if (e instanceof LinkageError) {
            return failure(
                    "driver_failed",
                    "The driver for " + place + " lacks a part of its own: " + e.getMessage()
                            + ". Put the jars that it needs beside it.",
                    e);
        }
        String said = said(e, address);
        String state = e instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
        if (state.startsWith("28")
                || e instanceof SQLInvalidAuthorizationSpecException
                || WRONG_PASSWORD.matcher(said).find()) {
            return failure("authentication_failed", "The source refused user or password. It says: " + said + ".", e);
        }
        if (state.startsWith("3D")) {
            return failure("database_missing", "There is no such database. The source says: " + said + ".", e);
        }
        if (state.equals("42501")) {
            return failure("no_rights", "The user may not use the database. The source says: " + said + ".", e);
        }
        return failure("connection_failed", "The source at " + place + " could not be opened: " + said + ".", e);
    }

    /** The reason why a query failed. */
    static SourceException ofQuery(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        String said = said(e, null);
        String sentence = "The source says: " + said + ".";
        if (NetworkErrors.isLoss(e)
                || state.startsWith("08")
                || e instanceof SQLTransientConnectionException
                || e instanceof SQLNonTransientConnectionException) {
            return NetworkErrors.lost(e);
        }
        if (e instanceof SQLTimeoutException) {
            return failure(
                    "statement_timeout",
                    "The query took longer than its time limit. Make it narrower, or add an index.",
                    e);
        }
        if (NO_RIGHTS.matcher(said).find()) {
            return failure("no_rights", sentence + " Grant SELECT to the connection's user.", e);
        }
        if (NO_TABLE.matcher(said).find()) {
            return failure("unknown_table", sentence, e);
        }
        if (NO_COLUMN.matcher(said).find()) {
            return failure("unknown_column", sentence, e);
        }
        return switch (state) {
            case "42S02", "42P01", "42S03", "42S04" -> failure("unknown_table", sentence, e);
            case "42S22", "42703" -> failure("unknown_column", sentence, e);
            case "42501" -> failure("no_rights", sentence + " Grant SELECT to the connection's user.", e);
            case "25006" -> failure("query_writes", "The query tries to write. A loader only reads.", e);
            case "40001", "40P01" -> failure("source_conflict", sentence, e);
            default ->
                failure(
                        state.startsWith("42") || e instanceof SQLSyntaxErrorException
                                ? "syntax_error"
                                : "query_failed",
                        sentence,
                        e);
        };
    }

    // Drivers like to repeat the URL they were given.
    private static String said(Throwable e, @Nullable JdbcAddress address) {
        String said = String.valueOf(e.getMessage()).strip();
        if (address != null) {
            said = said.replace(address.url(), address.maskedUrl());
            said = address.password().isEmpty() ? said : said.replace(address.password(), "***");
        }
        said = said.length() > MAX_SAID ? said.substring(0, MAX_SAID) + "\u2026" : said;
        return said.endsWith(".") ? said.substring(0, said.length() - 1) : said;
    }

    private static Pattern words(String pattern) {
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
    }

    private static SourceException failure(String code, String message, Throwable cause) {
        return new SourceException(code, message, cause);
    }
}
