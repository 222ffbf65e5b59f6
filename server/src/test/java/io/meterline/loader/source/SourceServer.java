package io.meterline.loader.source;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL for tests, started once a run and stopped with it.
 *
 * <p>It asks for passwords over TCP, has no TLS, and holds a user {@code reader} with the password {@code s3cret}.
 */
public final class SourceServer {

    private static final SourceServer SHARED = new SourceServer();

    private final EmbeddedPostgres postgres;

    private SourceServer() {
        this(EmbeddedPostgres.builder());
    }

    /** Another server than the shared one: of another version, perhaps. It ends with the run too. */
    SourceServer(EmbeddedPostgres.Builder builder) {
        try {
            // Before 14 the default was another.
            postgres = builder.setServerConfig("password_encryption", "scram-sha-256")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
        execute(
                "COPY (VALUES ('host all postgres all trust'), ('host all outsider all reject'), ('host all all all scram-sha-256')) TO '"
                        + hbaFile() + "'; SELECT pg_reload_conf()");
        execute("CREATE ROLE reader LOGIN PASSWORD 's3cret'; CREATE ROLE stranger LOGIN PASSWORD 's3cret';"
                + "CREATE DATABASE closed; REVOKE CONNECT ON DATABASE closed FROM PUBLIC");
    }

    public static SourceServer shared() {
        return SHARED;
    }

    public int port() {
        return postgres.getPort();
    }

    private String hbaFile() {
        return String.valueOf(query("SHOW hba_file"));
    }

    /** The first cell that a query gives the superuser. */
    public @Nullable String query(String sql) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs statements as the superuser. */
    public void execute(String sql) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String each : sql.contains("$$") ? new String[] {sql} : sql.split(";", -1)) {
                if (!each.isBlank()) {
                    statement.execute(each);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the superuser. */
    public ServerAddress owner() {
        return address("postgres", "postgres", "postgres", TlsMode.PREFER);
    }

    public ServerAddress address(String database, String user, String password, TlsMode tls) {
        return new ServerAddress(Provider.POSTGRES, "localhost", port(), database, user, password, tls);
    }
}
