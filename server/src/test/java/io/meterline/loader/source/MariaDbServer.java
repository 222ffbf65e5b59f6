package io.meterline.loader.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real MariaDB for tests, in a folder of its own, with a user {@code root} and a database {@code shop}. */
final class MariaDbServer implements AutoCloseable {

    private static final Path SCRIPTS = Path.of("/usr/share/mysql");

    private final Path folder;
    private final int port;
    private final String[] options;
    private Process process;

    /** @param options of the server, beyond the usual ones */
    MariaDbServer(Path folder, String... options) {
        this.folder = folder;
        this.options = options.clone();
        try {
            this.port = freePort();
            bootstrap();
            this.process = start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        execute("CREATE DATABASE shop CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    // What mariadb-install-db does, which needs a second package.
    private void bootstrap() throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("data"));
        Process installing = server("--bootstrap", "--innodb-log-file-size=10M").start();
        try (var input = installing.outputWriter()) {
            input.write("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;\n");
            input.write(Files.readString(SCRIPTS.resolve("mysql_system_tables.sql")));
            input.write(Files.readString(SCRIPTS.resolve("mysql_system_tables_data.sql")));
        }
        if (!installing.waitFor(60, TimeUnit.SECONDS) || installing.exitValue() != 0) {
            throw new IOException("mariadbd --bootstrap failed: " + Files.readString(folder.resolve("log")));
        }
    }

    private Process start() throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + folder.resolve("socket"),
                "--pid-file=" + folder.resolve("pid"),
                "--skip-name-resolve"));
        all.addAll(List.of(options));
        Process started = server(all.toArray(String[]::new)).start();
        Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            connect().close();
            return true;
        });
        return started;
    }

    private ProcessBuilder server(String... options) {
        List<String> command = new ArrayList<>(List.of(
                "mariadbd",
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--datadir=" + folder.resolve("data")));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    }

    int port() {
        return port;
    }

    ServerAddress root() {
        return address("root", "", TlsMode.DISABLE);
    }

    ServerAddress address(String user, String password, TlsMode tls) {
        return new ServerAddress(Provider.MARIADB, "127.0.0.1", port, "shop", user, password, tls);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port + "/?user=root&sslMode=disable");
    }

    /** Runs statements as root in the database {@code shop}. */
    void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET time_zone = '+00:00'");
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The number of the connection that runs a statement with a text in it. */
    String running(String text) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery("SELECT id FROM information_schema.processlist WHERE info LIKE '%" + text
                                + "%' AND id <> CONNECTION_ID()")) {
            found.next();
            return found.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops it as an operator does, and starts it on the same data. */
    void restart() {
        try {
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("it does not stop");
            }
            process = start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
