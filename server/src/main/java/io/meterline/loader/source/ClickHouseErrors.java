package io.meterline.loader.source;

import java.io.IOException;

/** Says in words what went wrong at a server of ClickHouse. */
final class ClickHouseErrors {

    private ClickHouseErrors() {}

    /** The reason why a session could not be opened. */
    static SourceException ofConnecting(IOException e, ServerAddress address) {
        String place = address.host() + ":" + address.port();
        if (!(e instanceof ClickHouseException answer)) {
            SourceException network = NetworkErrors.of(e, address);
            return network != null
                    ? network
                    : e instanceof java.net.http.HttpTimeoutException
                            ? NetworkErrors.timeout(place, e)
                            : failed(place, e);
        }
        return switch (answer.code()) {
            case 192, 193, 194, 516 ->
                new SourceException(
                        "authentication_failed",
                        "The database refused the password of user " + address.user() + ". Check user and password.",
                        e);
            case 81 ->
                new SourceException(
                        "database_missing",
                        "There is no database " + address.database() + " on " + place + ". Check its name.",
                        e);
            case 291, 497 ->
                new SourceException(
                        "no_rights",
                        "User " + address.user() + " may not use the database " + address.database()
                                + ". Grant it SELECT on a table there.",
                        e);
            case 195 ->
                new SourceException(
                        "not_allowed_from_here",
                        "The server does not let user " + address.user()
                                + " in from our address. Add it to its networks.",
                        e);
            default -> failed(place, e);
        };
    }

    private static SourceException failed(String place, IOException e) {
        return new SourceException(
                "connection_failed",
                "The database at " + place + " could not be opened"
                        + (e instanceof ClickHouseException answer ? ": " + answer.said() : "")
                        + ". Is it the HTTP port of a ClickHouse (8123, with TLS 8443)?",
                e);
    }

    /** The reason why a query failed. */
    static SourceException ofQuery(IOException e) {
        if (!(e instanceof ClickHouseException answer)) {
            return NetworkErrors.lost(e);
        }
        String sentence = "The source says: " + answer.said() + ".";
        return switch (answer.code()) {
            case 62 -> new SourceException("syntax_error", sentence, e);
            case 60, 81 -> new SourceException("unknown_table", sentence, e);
            case 16, 47 -> new SourceException("unknown_column", sentence, e);
            case 164 -> new SourceException("query_writes", "The query tries to write. A loader only reads.", e);
            case 291, 497 -> new SourceException("no_rights", sentence + " Grant SELECT to the connection's user.", e);
            case 159, 160 ->
                new SourceException(
                        "statement_timeout", "The query took longer than its time limit. Make it narrower.", e);
            case 394 ->
                new SourceException("source_conflict", "Somebody ended the query at the source. It is tried again.", e);
            case 202 -> new SourceException("too_many_connections", "The server runs too many queries. Try again.", e);
            default -> new SourceException("query_failed", sentence, e);
        };
    }
}
