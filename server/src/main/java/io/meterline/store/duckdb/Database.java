package io.meterline.store.duckdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * The two DuckDB databases and the connections to both.
 *
 * <p>{@value #EVENTS} is a file: what was folded. It is opened without a log of its own: what a commit changes is in memory
 * until the next checkpoint, and after a crash the file is as the last checkpoint left it. Only {@link Folder} writes it
 * and asks for checkpoints. {@value #RECENT} is in memory: what came since. Only the applying thread writes it, and after a
 * start it is filled from the event log. So neither writer ever waits for the other's transactions or checkpoints.
 */
final class Database implements AutoCloseable {

    static final String EVENTS = "events";
    static final String RECENT = "recent";

    private final DuckDBConnection root;
    private final List<DuckDBConnection> connections = new CopyOnWriteArrayList<>();

    private Database(DuckDBConnection root) {
        this.root = root;
    }

    static Database open(Path folder, DuckDbOptions options) throws SQLException, IOException {
        Path temporary = folder.resolve("tmp");
        Files.createDirectories(temporary);
        DuckDBConnection root = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", new Properties());
        try (Statement statement = root.createStatement()) {
            statement.execute("SET memory_limit = '" + options.memoryMiB() + "MiB'");
            statement.execute("SET threads = " + options.threads());
            statement.execute("SET temp_directory = " + literal(temporary));
            statement.execute("SET checkpoint_threshold = '1TB'");
            statement.execute("SET autoinstall_known_extensions = false");
            statement.execute("SET autoload_known_extensions = false");
            statement.execute("ATTACH " + literal(folder.resolve(EVENTS + ".duckdb")) + " AS " + EVENTS
                    + " (RECOVERY_MODE no_wal_writes)");
            statement.execute("USE " + EVENTS);
            statement.execute("ATTACH ':memory:' AS " + RECENT);
            createTables(statement);
        } catch (SQLException e) {
            root.close();
            throw e;
        }
        return new Database(root);
    }

    /** A connection of its own, with its own transactions; closed with the database. */
    DuckDBConnection connect() throws SQLException {
        DuckDBConnection connection = root.duplicate();
        connections.add(connection);
        execute(connection, "USE " + EVENTS);
        return connection;
    }

    /** An appender to a table, given with its database's name. */
    static DuckDBAppender appender(DuckDBConnection connection, String table) throws SQLException {
        int point = table.indexOf('.');
        return connection.createAppender(table.substring(0, point), "main", table.substring(point + 1));
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        for (DuckDBConnection connection : connections) {
            connection.close();
        }
        root.close();
    }

    private static void createTables(Statement statement) throws SQLException {
        statement.execute("CREATE TABLE IF NOT EXISTS position (folded BIGINT)");
        statement.execute("INSERT INTO position SELECT 0 WHERE NOT EXISTS (SELECT * FROM position)");
        statement.execute("CREATE TABLE IF NOT EXISTS event_types (number INTEGER, environment VARCHAR, name VARCHAR)");
        statement.execute("CREATE TABLE IF NOT EXISTS properties (type INTEGER, number INTEGER, name VARCHAR)");
        statement.execute(
                "CREATE TABLE IF NOT EXISTS columns (type INTEGER, place INTEGER, property INTEGER, kind VARCHAR)");
        statement.execute("CREATE TABLE IF NOT EXISTS key_files (place INTEGER, name VARCHAR)");
        statement.execute(
                "CREATE TABLE IF NOT EXISTS runs (type INTEGER, first_seq BIGINT, last_seq BIGINT, row_count BIGINT)");
        statement.execute("CREATE TABLE " + RECENT + ".pin (nothing BOOLEAN)");
    }

    static String literal(Path path) {
        return "'" + path.toAbsolutePath().toString().replace("'", "''") + "'";
    }
}
