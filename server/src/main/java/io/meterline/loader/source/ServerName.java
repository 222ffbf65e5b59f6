package io.meterline.loader.source;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What answers at the other end, as people call it: {@code PostgreSQL 17.2}. */
final class ServerName {

    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)*");

    private ServerName() {}

    static String of(Connection connection) throws SQLException {
        DatabaseMetaData about = connection.getMetaData();
        return of(String.valueOf(about.getDatabaseProductName()), String.valueOf(about.getDatabaseProductVersion()));
    }

    /** Without what a packager adds to the version. */
    static String of(String product, String version) {
        Matcher number = NUMBER.matcher(version);
        return number.find() ? product + " " + number.group() : product;
    }
}
