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

    /** The rows, as long as they keep within {@code loader.max_rows} and {@code loader.max_bytes}. */
    public RowStream bounded(RowStream rows) {
        return settings.maxRows() == 0 && settings.maxBytes() == 0
                ? rows
                : new BoundedRows(rows, settings.maxRows(), settings.maxBytes());
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
