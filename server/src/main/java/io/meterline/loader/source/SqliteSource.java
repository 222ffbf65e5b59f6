package io.meterline.loader.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteOpenMode;

/** A SQLite file in the folder for files, opened for reading only and without any other file beside it. */
final class SqliteSource implements SourceDatabase {

    private static final int BUSY_TIMEOUT_MILLIS = 10_000;

    private final FilesFolder files;
    private final SqliteDialect dialect = new SqliteDialect();

    SqliteSource(FilesFolder files) {
        this.files = files;
    }

    @Override
    public String check(SourceAddress address) {
        return NativeCalls.call(() -> {
            try (Connection connection = connect(address);
                    var statement = connection.createStatement();
                    var tables = statement.executeQuery("SELECT count(*) FROM sqlite_schema")) {
                tables.next();
                return ServerName.of(connection);
            } catch (SQLException e) {
                throw dialect.failure(e, null);
            }
        });
    }

    @Override
    public SourceSession open(SourceAddress address, ReadLimits limits) {
        return NativeCalls.session(() -> {
            try {
                return JdbcSession.begin(connect(address), dialect, limits);
            } catch (SQLException e) {
                throw dialect.failure(e, null);
            }
        });
    }

    @Override
    public String recommendedGrants(SourceAddress address) {
        return "-- SQLite has no users. Meterline opens the file for reading only; chmod a+r lets it.\n";
    }

    private Connection connect(SourceAddress address) throws SQLException {
        String file = files.file(((FileAddress) address).path()).toString();
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.resetOpenMode(SQLiteOpenMode.OPEN_URI);
        config.setPragma(Pragma.LIMIT_ATTACHED, "0");
        config.setPragma(Pragma.LOAD_EXTENSION, "false");
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        Properties properties = config.toProperties();
        return new org.sqlite.JDBC().connect("jdbc:sqlite:" + file, properties);
    }
}
