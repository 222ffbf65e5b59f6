package io.meterline.loader.source;

import java.io.EOFException;
import java.net.SocketException;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says in words what went wrong at a PostgreSQL server, from its SQL states and from what the network said. */
final class PostgresErrors {

    private PostgresErrors() {}

    /** The reason why a connection could not be opened. */
    static SourceException ofConnecting(SQLException e, ServerAddress address) {
        String place = address.host() + ":" + address.port();
        SourceException network = NetworkErrors.of(e, address);
        if (network != null) {
            return network;
        }
        String state = String.valueOf(e.getSQLState());
        String text = String.valueOf(e.getMessage());
        return switch (state) {
            case "28P01" ->
                failure(
                        "authentication_failed",
                        "The database refused the password of user " + address.user() + ". Check user and password.",
                        e);
            case "28000" -> ofRefusedLogin(text, address, e);
            case "3D000" ->
                failure(
                        "database_missing",
                        "There is no database " + address.database() + " on " + place + ". Check its name.",
                        e);
            case "42501" ->
                failure(
                        "no_rights",
                        "User " + address.user() + " may not connect to the database " + address.database()
                                + ". Grant it CONNECT.",
                        e);
            case "53300" ->
                failure(
                        "too_many_connections",
                        "The server takes no more connections. Free some or raise its limit, then try again.",
                        e);
            case "57P01", "57P02", "57P03" ->
                failure("server_starting", "The server is starting up or stopping. Try again.", e);
            default -> ofHandshake(state, text, place, e);
        };
    }

    private static SourceException ofRefusedLogin(String text, ServerAddress address, SQLException e) {
        if (text.contains("pg_hba") && address.tls().mode() == TlsMode.DISABLE && text.contains("no encryption")) {
            return failure(
                    "tls_required",
                    "The server does not let user " + address.user() + " in from our address without TLS."
                            + " Set tls to require or better; if that does not help, add a line to its pg_hba.conf.",
                    e);
        }
        if (text.contains("pg_hba")) {
            return failure(
                    "not_allowed_from_here",
                    "The server's pg_hba.conf does not let user " + address.user()
                            + " in from our address. Add a line for it.",
                    e);
        }
        return failure(
                "authentication_failed",
                "The database does not let user " + address.user() + " log in. Check the user and its LOGIN right.",
                e);
    }

    private static SourceException ofHandshake(String state, String text, String place, SQLException e) {
        if (text.contains("does not support SSL")) {
            return failure(
                    "tls_not_offered",
                    "The server at " + place + " does not offer TLS, which this connection requires."
                            + " Switch it on there, or use sslmode=prefer.",
                    e);
        }
        if (state.startsWith("08") && text.contains("attempt timed out")) {
            return NetworkErrors.timeout(place, e);
        }
        if (brokeOff(e)) {
            return failure(
                    "connection_lost",
                    "The connection to " + place + " broke off while it was opened. Is it PostgreSQL? Try again.",
                    e);
        }
        return failure(
                "connection_failed",
                "The database at " + place + " could not be opened (SQL state " + state + "). Is it PostgreSQL?",
                e);
    }

    private static boolean brokeOff(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException || cause instanceof SocketException) {
                return true;
            }
        }
        return false;
    }

    /**
     * The reason why a query failed.
     *
     * @param prefix how many characters of ours stood before the query
     */
    static SourceException ofQuery(SQLException e, FilledQuery query, int prefix, boolean cancelled) {
        return of(e, place(e, query, prefix), cancelled);
    }

    /** The reason why a statement of our own failed. */
    static SourceException ofStatement(SQLException e, boolean cancelled) {
        return of(e, "", cancelled);
    }

    /** True when the server could not do what a statement says: a function that is not there, or not allowed. */
    static boolean isOfTheStatement(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("42") || state.startsWith("0A");
    }

    private static SourceException of(SQLException e, String place, boolean cancelled) {
        String state = String.valueOf(e.getSQLState());
        if (cancelled) {
            return failure("cancelled", "The run was cancelled.", e);
        }
        String said = said(e);
        return switch (state) {
            case "57014" ->
                failure(
                        "statement_timeout",
                        "The query took longer than its time limit. Make it narrower, or add an index.",
                        e);
            case "42501" ->
                failure("no_rights", "The source refused: " + said + ". Grant SELECT to the connection's user.", e);
            case "25006" -> failure("query_writes", "The query tries to write. A loader only reads.", e);
            case "40001", "40P01" ->
                failure(
                        "source_conflict",
                        "The source ended the query because it was in the way of other work: " + said + ". Run again.",
                        e);
            case "42P01" -> failure("unknown_table", sentence(said, place), e);
            case "42703" -> failure("unknown_column", sentence(said, place), e);
            case "42601" -> failure("syntax_error", sentence(said, place), e);
            default ->
                state.startsWith("08") || state.startsWith("57P")
                        ? failure("connection_lost", "The connection to the source broke off. Run again.", e)
                        : failure("query_failed", sentence(said, place) + " (SQL state " + state + ")", e);
        };
    }

    private static String sentence(String said, String place) {
        return "The source says: " + said + place + ".";
    }

    private static String said(SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
        String message = server == null ? null : server.getMessage();
        if (server == null || message == null) {
            return "the query failed";
        }
        return server.getHint() == null ? message : message + " (" + server.getHint() + ")";
    }

    /** Where in the person's own text, as {@code , line 2, column 8}; empty when the server did not say. */
    private static String place(SQLException e, FilledQuery query, int prefix) {
        ServerErrorMessage server = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
        if (server == null || server.getPosition() <= prefix) {
            return "";
        }
        String sent = query.text();
        int characters = Math.min(server.getPosition() - prefix - 1, sent.codePointCount(0, sent.length()));
        int index = query.indexInSource(sent.offsetByCodePoints(0, characters));
        String before = query.source().statement().substring(0, index);
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.length() - before.lastIndexOf('\n');
        return ", at line " + line + ", column " + column;
    }

    private static SourceException failure(String code, String message, Throwable cause) {
        return new SourceException(code, message, cause);
    }
}
