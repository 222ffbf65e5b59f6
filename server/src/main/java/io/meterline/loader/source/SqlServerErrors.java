package io.meterline.loader.source;

import com.microsoft.sqlserver.jdbc.SQLServerError;
import com.microsoft.sqlserver.jdbc.SQLServerException;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in words what went wrong at a SQL Server, from its documented error numbers. */
final class SqlServerErrors {

    // What the driver says of each; behind some there is no exception of the network.
    private static final Pattern UNKNOWN_HOST = Pattern.compile("UnknownHostException|Name or service not known");
    private static final Pattern NO_TLS =
            Pattern.compile("not configured to support SSL|does not support (?:SSL|TLS|encryption)");
    private static final Pattern TLS_REQUIRED =
            Pattern.compile("server (?:requires|is configured to require) encryption");

    private SqlServerErrors() {}

    /** The reason why a connection could not be opened. */
    static SourceException ofConnecting(SQLException e, ServerAddress address) {
        String place = address.host() + ":" + address.port();
        return switch (e.getErrorCode()) {
            case 18456, 18452, 18486, 18487, 18488 ->
                failure(
                        "authentication_failed",
                        "The database refused the password of user " + address.user()
                                + ". Check user and password, that the login is not locked or expired, and that the server"
                                + " takes logins of SQL Server.",
                        e);
            case 4060, 911 ->
                failure(
                        "database_missing",
                        "There is no database " + address.database() + " on " + place + ", or user " + address.user()
                                + " may not open it. Check its name and that it has this user.",
                        e);
            case 916, 18470 ->
                failure(
                        "no_rights",
                        "User " + address.user() + " may not use the database " + address.database()
                                + ". Create the user there, for its login.",
                        e);
            case 40615, 40914, 47073 ->
                failure(
                        "not_allowed_from_here",
                        "The server lets nobody in from our address. Let it through its firewall.",
                        e);
            case 17809, 10928, 10929, 10930, 10936 ->
                failure(
                        "too_many_connections",
                        "The server takes no more connections. Free some or raise its limit, then try again.",
                        e);
            case 40613, 40197, 40501, 40540, 6005, 17142, 18451, 976, 978, 983, 922, 927 ->
                failure("server_starting", "The server or its database is starting up or stopping. Try again.", e);
            case 17892 ->
                failure("no_rights", "A trigger of the server refused the login. It says: " + said(e) + ".", e);
            default -> ofHandshake(e, place);
        };
    }

    static boolean isWithoutTls(SQLException e) {
        return NO_TLS.matcher(String.valueOf(e.getMessage())).find();
    }

    private static SourceException ofHandshake(SQLException e, String place) {
        if (isWithoutTls(e)) {
            return failure(
                    "tls_not_offered",
                    "The server at " + place + " does not offer TLS, which this connection requires."
                            + " Switch it on there, or use tls prefer.",
                    e);
        }
        String text = String.valueOf(e.getMessage());
        if (TLS_REQUIRED.matcher(text).find()) {
            return failure(
                    "tls_required",
                    "The server at " + place + " lets nobody in without TLS. Set tls to require or better.",
                    e);
        }
        SourceException network = NetworkErrors.of(e, place);
        if (network != null) {
            return network;
        }
        if (UNKNOWN_HOST.matcher(text).find()) {
            return NetworkErrors.unknownHost(place, e);
        }
        if (text.contains("Connection refused")) {
            return NetworkErrors.refused(place, e);
        }
        if (text.contains("timed out")) {
            return NetworkErrors.timeout(place, e);
        }
        return failure(
                "connection_failed",
                "The database at " + place + " could not be opened (error " + e.getErrorCode() + ", SQL state "
                        + e.getSQLState() + "). Is it SQL Server?",
                e);
    }

    /** The reason why a query failed. */
    static SourceException ofQuery(SQLException e) {
        String sentence = "The source says: " + said(e) + ".";
        return switch (e.getErrorCode()) {
            case 102, 103, 105, 156, 319, 170, 145, 1038 -> failure("syntax_error", sentence, e);
            case 208, 4060, 911, 4902 -> failure("unknown_table", sentence, e);
            case 207, 209, 4104, 1013 -> failure("unknown_column", sentence, e);
            case 229, 230, 262, 297, 300, 916, 15247 ->
                failure("no_rights", sentence + " Grant SELECT to the connection's user.", e);
            case 3906, 3908 -> failure("query_writes", "The query tries to write. A loader only reads.", e);
            case 1205, 1222, 3960, 3961 -> failure("source_conflict", sentence + " It is tried again.", e);
            case 596, 6005, 40197, 40501, 40613, 10053, 10054, 10060, 4014, 64, 233 -> NetworkErrors.lost(e);
            default ->
                String.valueOf(e.getSQLState()).startsWith("08") || NetworkErrors.isLoss(e)
                        ? NetworkErrors.lost(e)
                        : failure("query_failed", sentence, e);
        };
    }

    // With the line, which the server counts from 1 in the query as it was written.
    private static String said(SQLException e) {
        String message = String.valueOf(e.getMessage()).strip();
        String text = message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
        Integer line = line(e);
        return line == null ? text : text + " (line " + line + ")";
    }

    private static @Nullable Integer line(SQLException e) {
        SQLServerError error = e instanceof SQLServerException own ? own.getSQLServerError() : null;
        return error == null || error.getLineNumber() < 1 ? null : Integer.valueOf((int) error.getLineNumber());
    }

    private static SourceException failure(String code, String message, Throwable cause) {
        return new SourceException(code, message, cause);
    }
}
