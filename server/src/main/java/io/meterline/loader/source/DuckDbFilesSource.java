package io.meterline.loader.source;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/**
 * Parquet, CSV and NDJSON files in a folder of the server, read by a DuckDB in memory that can reach nothing else.
 *
 * <p>A query names files with {@code file('…')}, relative to the folder: {@code select … from
 * read_csv(file('usage/*.csv'))}.
 */
final class DuckDbFilesSource implements SourceDatabase {

    private static final String MEMORY = "512MiB";

    private final FilesFolder files;

    DuckDbFilesSource(FilesFolder files) {
        this.files = files;
    }

    @Override
    public String check(SourceAddress address) {
        return NativeCalls.call(() -> {
            try (Connection connection = connect(address, true)) {
                connection.isValid(1);
                return ServerName.of(connection);
            } catch (SQLException e) {
                throw dialect(address).failure(e, null);
            }
        });
    }

    @Override
    public SourceSession open(SourceAddress address, ReadLimits limits) {
        return NativeCalls.session(() -> {
            DuckDbDialect dialect = dialect(address);
            try {
                return JdbcSession.begin(connect(address, true), dialect, limits);
            } catch (SQLException e) {
                throw dialect.failure(e, null);
            }
        });
    }

    @Override
    public String recommendedGrants(SourceAddress address) {
        return "-- Files have no users. Meterline only reads them; chmod -R a+rX lets it.\n";
    }

    private DuckDbDialect dialect(SourceAddress address) {
        return new DuckDbDialect(folder(address), () -> connect(address, false));
    }

    private Connection connect(SourceAddress address, boolean streaming) throws SQLException {
        Path folder = folder(address);
        Properties properties = new Properties();
        properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, Boolean.toString(streaming));
        Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET autoinstall_known_extensions = false");
            statement.execute("SET autoload_known_extensions = false");
            statement.execute("SET memory_limit = '" + MEMORY + "'");
            statement.execute("SET threads = 2");
            statement.execute("SET temp_directory = ''");
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("CREATE MACRO file(path) AS " + quoted(folder + "/") + " || path");
            statement.execute("SET allowed_directories = [" + quoted(folder.toString()) + "]");
            // The order matters: this closes what is not allowed by now, and the lock keeps it closed.
            statement.execute("SET enable_external_access = false");
            statement.execute("SET lock_configuration = true");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private Path folder(SourceAddress address) {
        return files.folder(((FileAddress) address).path());
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
