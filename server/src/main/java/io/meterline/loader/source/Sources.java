package io.meterline.loader.source;

import io.meterline.config.Settings;

/** The reader of each provider. */
public final class Sources {

    private final SourceDatabase postgres = new PostgresSource();
    private final SourceDatabase mySql = new MySqlSource();
    private final SourceDatabase duckDbFiles;
    private final SourceDatabase sqlite;

    public Sources(Settings.Sources settings) {
        FilesFolder files = new FilesFolder(settings.filesFolder());
        this.duckDbFiles = new DuckDbFilesSource(files);
        this.sqlite = new SqliteSource(files);
    }

    public SourceDatabase of(Provider provider) {
        return switch (provider) {
            case POSTGRES -> postgres;
            case MYSQL, MARIADB -> mySql;
            case DUCKDB -> duckDbFiles;
            case SQLITE -> sqlite;
        };
    }
}
