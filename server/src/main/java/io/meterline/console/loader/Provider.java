package io.meterline.console.loader;

import java.util.Arrays;

/** The kinds of database, as people call them. */
public enum Provider {
    POSTGRES("PostgreSQL", "postgres://user:password@host.example.com:5432/database", "5432"),
    MYSQL("MySQL", "mysql://user:password@host.example.com:3306/database", "3306"),
    MARIADB("MariaDB", "mariadb://user:password@host.example.com:3306/database", "3306"),
    SQLSERVER("SQL Server", "sqlserver://user:password@host.example.com:1433/database", "1433"),
    CLICKHOUSE("ClickHouse", "clickhouse://user:password@host.example.com:8123/database", "8123"),
    DUCKDB("Files", "", ""),
    SQLITE("SQLite", "", ""),
    JDBC("Other (JDBC)", "jdbc:snowflake://account.snowflakecomputing.com/?db=shop", "");

    private final String label;
    private final String exampleUrl;
    private final String port;

    Provider(String label, String exampleUrl, String port) {
        this.label = label;
        this.exampleUrl = exampleUrl;
        this.port = port;
    }

    static Provider of(String value) {
        return Arrays.stream(values())
                .filter(provider -> provider.value().equals(value))
                .findFirst()
                .orElse(POSTGRES);
    }

    /** As the API writes it. */
    public String value() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public String label() {
        return label;
    }

    /** What a URL of it looks like; empty where there is none. */
    public String exampleUrl() {
        return exampleUrl;
    }

    /** Its usual port; empty where there is none. */
    public String port() {
        return port;
    }

    /** What stands below its name. */
    public String note() {
        return switch (this) {
            case DUCKDB -> "Parquet, CSV, NDJSON";
            case SQLITE -> "a database file";
            case JDBC -> "Snowflake, BigQuery, Oracle…";
            default -> "";
        };
    }

    public boolean isServer() {
        return !port.isEmpty();
    }
}
