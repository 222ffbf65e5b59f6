package io.meterline.loader.source;

import java.sql.SQLException;

/** Says in words what went wrong at a server of MySQL or MariaDB, from its error numbers. */
final class MySqlErrors {

    private MySqlErrors() {}

    /** The reason why a connection could not be opened. */
    static SourceException ofConnecting(SQLException e, ServerAddress address) {
        String place = address.host() + ":" + address.port();
        String text = String.valueOf(e.getMessage());
        return switch (e.getErrorCode()) {
            case 1045, 1698 ->
                failure(
                        "authentication_failed",
                        "The database refused the password of user " + address.user() + ". Check user and password.",
                        e);
            case 1049 ->
                failure(
                        "database_missing",
                        "There is no database " + address.database() + " on " + place + ". Check its name.",
                        e);
            case 1044 ->
                failure(
                        "no_rights",
                        "User " + address.user() + " may not use the database " + address.database()
                                + ", if there is one. Grant it SELECT on a table there.",
                        e);
            case 1130 ->
                failure(
                        "not_allowed_from_here",
                        "The server lets nobody in from our address. Create the user for it: '" + address.user()
                                + "'@'<our address>'.",
                        e);
            case 1040, 1203, 1226 ->
                failure(
                        "too_many_connections",
                        "The server takes no more connections. Free some or raise its limit, then try again.",
                        e);
            case 1053, 1077, 1079 -> failure("server_starting", "The server is starting up or stopping. Try again.", e);
            case 3159 ->
                failure(
                        "tls_required",
                        "The server at " + place + " lets nobody in without TLS. Set tls to require or better.",
                        e);
            default -> ofHandshake(text, place, address, e);
        };
    }

    static boolean isWithoutTls(SQLException e) {
        return String.valueOf(e.getMessage()).contains("ssl not enabled");
    }

    private static SourceException ofHandshake(String text, String place, ServerAddress address, SQLException e) {
        if (isWithoutTls(e)) {
            return failure(
                    "tls_not_offered",
                    "The server at " + place + " does not offer TLS, which this connection requires."
                            + " Switch it on there, or use tls prefer.",
                    e);
        }
        SourceException network = NetworkErrors.of(e, address);
        if (network != null) {
            return network;
        }
        if (text.contains("RSA public key is not available") || text.contains("allowPublicKeyRetrieval")) {
            return failure(
                    "tls_required",
                    "The server takes this user's password over TLS only. Set tls to require or better.",
                    e);
        }
        return failure(
                "connection_failed",
                "The database at " + place + " could not be opened (error " + e.getErrorCode() + ", SQL state "
                        + e.getSQLState() + "). Is it MySQL or MariaDB?",
                e);
    }

    /** The reason why a query failed. */
    static SourceException ofQuery(SQLException e) {
        String sentence = "The source says: " + said(e) + ".";
        return switch (e.getErrorCode()) {
            case 1064, 1149 -> failure("syntax_error", sentence, e);
            case 1146, 1049, 1109 -> failure("unknown_table", sentence, e);
            case 1054 -> failure("unknown_column", sentence, e);
            case 1142, 1143, 1044, 1370, 1227, 1356 ->
                failure("no_rights", sentence + " Grant SELECT to the connection's user.", e);
            case 1792, 1290 -> failure("query_writes", "The query tries to write. A loader only reads.", e);
            case 1969, 3024 ->
                failure(
                        "statement_timeout",
                        "The query took longer than its time limit. Make it narrower, or add an index.",
                        e);
            case 1317 -> failure("source_conflict", "Somebody ended the query at the source. It is tried again.", e);
            case 1053, 1927, 2006, 2013 -> NetworkErrors.lost(e);
            default ->
                String.valueOf(e.getSQLState()).startsWith("08") || NetworkErrors.isLoss(e)
                        ? NetworkErrors.lost(e)
                        : failure("query_failed", sentence, e);
        };
    }

    // (conn=5) Unknown column 'nope' in 'SELECT'
    private static String said(SQLException e) {
        return String.valueOf(e.getMessage()).replaceFirst("^\\(conn=\\d+\\) ", "");
    }

    private static SourceException failure(String code, String message, Throwable cause) {
        return new SourceException(code, message, cause);
    }
}
