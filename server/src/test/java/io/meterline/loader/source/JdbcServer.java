package io.meterline.loader.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.awaitility.Awaitility;

/** A real database server in a process of its own, which only a driver from the folder of drivers can read. */
public final class JdbcServer implements AutoCloseable {

    /** H2's driver lies in it directly, that of HSQLDB in a folder of its own. Maven puts them there. */
    static final Path DRIVERS = Path.of("target", "test-drivers");

    private final Process process;
    private final int port;
    private final JdbcAddress owner;

    private JdbcServer(Process process, int port, JdbcAddress owner) {
        this.process = process;
        this.port = port;
        this.owner = owner;
        Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            execute();
            return true;
        });
    }

    /** H2 with a user {@code sa} and a database {@code shop}. Its server can send rows while it still finds them. */
    public static JdbcServer h2(Path folder) {
        int port = freePort();
        List<String> options =
                List.of("-tcp", "-tcpPort", String.valueOf(port), "-ifNotExists", "-baseDir", "" + folder);
        return new JdbcServer(
                start(folder, DRIVERS.resolve("h2.jar"), "org.h2.tools.Server", options),
                port,
                new JdbcAddress("jdbc:h2:tcp://127.0.0.1:" + port + "/shop;LAZY_QUERY_EXECUTION=1", "sa", "0wner"));
    }

    /** HSQLDB with a user {@code SA} and a database {@code shop}. */
    static JdbcServer hsqldb(Path folder) {
        int port = freePort();
        List<String> options = List.of(
                "--database.0",
                "mem:shop;user=SA;password=0wner",
                "--dbname.0",
                "shop",
                "--port",
                String.valueOf(port),
                "--address",
                "127.0.0.1");
        return new JdbcServer(
                start(folder, DRIVERS.resolve("hsqldb/hsqldb.jar"), "org.hsqldb.server.Server", options),
                port,
                new JdbcAddress("jdbc:hsqldb:hsql://127.0.0.1:" + port + "/shop", "SA", "0wner"));
    }

    private static Process start(Path folder, Path jar, String main, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                jar.toString(),
                main));
        command.addAll(options);
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    public JdbcAddress owner() {
        return owner;
    }

    JdbcAddress user(String user, String password) {
        return new JdbcAddress(owner.url(), user, password);
    }

    /** Runs statements as the owner. */
    public void execute(String... statements) {
        Properties properties = new Properties();
        properties.setProperty("user", owner.user());
        properties.setProperty("password", owner.password());
        try (Connection connection = new Drivers(DRIVERS).of(owner).connect(owner.url(), properties);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
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
