package io.meterline.loader.source;

import io.meterline.config.Settings;

/** The reader of each provider. */
public final class Sources {

    private final SourceDatabase postgres = new PostgresSource();
    private final SourceDatabase mySql = new MySqlSource();
    private final SourceDatabase sqlServer = new SqlServerSource();
    private final SourceDatabase clickHouse = new ClickHouseSource();
    private final SourceDatabase duckDbFiles;
    private final SourceDatabase sqlite;
    private final SourceDatabase jdbc;
    private final Settings.Sources settings;

    public Sources(Settings.Sources settings) {
        this.settings = settings;
        FilesFolder files = new FilesFolder(settings.filesFolder());
        this.duckDbFiles = new DuckDbFilesSource(files);
        this.sqlite = new SqliteSource(files);
        this.jdbc = new JdbcSource(new Drivers(settings.driversFolder()));
    }

    /** Those of the server: {@code loader.max_rows} and {@code loader.max_bytes}. */
    public RowLimits limits() {
        return new RowLimits(settings.maxRows(), settings.maxBytes());
    }

    /** The rows, as long as they keep within the limits of their loader and of the server. */
    public RowStream bounded(RowStream rows, RowLimits own) {
        return within(limits(), within(own, rows, "max_", "data loader"), "loader.max_", "server");
    }

    private static RowStream within(RowLimits limits, RowStream rows, String setting, String whose) {
        return limits.equals(RowLimits.NONE) ? rows : new BoundedRows(rows, limits, setting, whose);
    }

    public SourceDatabase of(Provider provider) {
        return switch (provider) {
            case POSTGRES -> postgres;
            case MYSQL, MARIADB -> mySql;
            case SQLSERVER -> sqlServer;
            case CLICKHOUSE -> clickHouse;
            case DUCKDB -> duckDbFiles;
            case SQLITE -> sqlite;
            case JDBC -> jdbc;
        };
    }
}
