package io.meterline.loader.source;

import io.meterline.event.RuleException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The kinds of database that a connection can name. */
public enum Provider {
    POSTGRES(5_432),
    MYSQL(3_306),
    MARIADB(3_306),
    SQLSERVER(1_433),
    /** Over HTTP. */
    CLICKHOUSE(8_123),
    /** A folder of Parquet, CSV and NDJSON files, read by DuckDB. */
    DUCKDB(0),
    /** A database file. */
    SQLITE(0),
    /** Anything that a driver of the operator's reads. */
    JDBC(0);

    private final int defaultPort;

    Provider(int defaultPort) {
        this.defaultPort = defaultPort;
    }

    /** The name in the API: {@code postgres}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True when it is a server that we reach over the network ourselves. */
    public boolean isServer() {
        return defaultPort > 0;
    }

    /** True when it is a file or a folder of this machine. */
    public boolean isFiles() {
        return this == DUCKDB || this == SQLITE;
    }

    /** True for what a URL of it may begin with, before {@code ://}. */
    boolean hasScheme(String scheme) {
        return scheme.equals(text())
                || (this == POSTGRES && scheme.equals("postgresql"))
                || (isMySql() && (scheme.equals("mysql") || scheme.equals("mariadb")));
    }

    /**
     * What a URL says by its beginning, for a connection that names no provider.
     *
     * @throws RuleException {@code invalid_url}
     */
    public static Provider ofUrl(String url) {
        String scheme = url.strip().split(":", 2)[0];
        if (POSTGRES.hasScheme(scheme)) {
            return POSTGRES;
        }
        for (Provider provider : values()) {
            if (!provider.isFiles() && provider.text().equals(scheme)) {
                return provider;
            }
        }
        String known = Arrays.stream(values())
                .filter(Provider::isServer)
                .map(provider -> provider.text() + "://")
                .collect(Collectors.joining(", "));
        throw new RuleException(
                RuleException.Kind.INVALID,
                "invalid_url",
                "The url of the connection cannot be read. It must begin with one of " + known + ", or with jdbc:.");
    }

    /** True for those that speak the protocol of MySQL. */
    boolean isMySql() {
        return this == MYSQL || this == MARIADB;
    }

    /** How its queries are read. */
    public SqlRules rules() {
        return switch (this) {
            case MYSQL, MARIADB, CLICKHOUSE -> SqlRules.BACKSLASH;
            case POSTGRES, DUCKDB, SQLITE -> SqlRules.STANDARD;
            case SQLSERVER -> SqlRules.BRACKETS;
            case JDBC -> SqlRules.EITHER;
        };
    }

    /** The port of a server that names none. */
    public int defaultPort() {
        return defaultPort;
    }

    /** Throws {@link RuleException} when there is no such provider. */
    public static Provider of(String text) {
        for (Provider provider : values()) {
            if (provider.text().equals(text)) {
                return provider;
            }
        }
        String known = Arrays.stream(values()).map(Provider::text).collect(Collectors.joining(", "));
        throw new RuleException(
                RuleException.Kind.INVALID,
                "unknown_provider",
                "There is no such provider. Use one of: " + known + ".");
    }
}
