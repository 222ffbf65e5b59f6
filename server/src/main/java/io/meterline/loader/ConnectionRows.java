package io.meterline.loader;

import io.meterline.control.NewestFirst;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import io.meterline.loader.source.FileAddress;
import io.meterline.loader.source.JdbcAddress;
import io.meterline.loader.source.Provider;
import io.meterline.loader.source.ServerAddress;
import io.meterline.loader.source.SourceAddress;
import io.meterline.loader.source.SshTunnel;
import io.meterline.loader.source.Tls;
import io.meterline.loader.source.TlsMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The SQL of connections. */
final class ConnectionRows {

    // What columns hold that an address has no use for.
    private static final Map<String, Object> NOTHING =
            Map.of("host", "", "port", 0, "database", "", "user", "", "tls", "", "password", "");

    // Part of what a secret is bound to, so that one cannot stand in the place of another.
    private static final String URL = "/url";
    private static final String SSH_PASSWORD = "/ssh-password";
    private static final String SSH_PRIVATE_KEY = "/ssh-private-key";
    private static final String SSH_PASSPHRASE = "/ssh-passphrase";

    private static final List<String> ABSENT = List.of(
            "path",
            "url",
            "tls_ca",
            "ssh_host",
            "ssh_port",
            "ssh_user",
            "ssh_host_key",
            "ssh_password",
            "ssh_private_key",
            "ssh_passphrase");

    private static final NewestFirst PAGES = new NewestFirst("connections", "environment");

    private final SecretBox secrets;

    ConnectionRows(SecretBox secrets) {
        this.secrets = secrets;
    }

    void insert(Handle handle, SourceConnection connection) {
        handle.createUpdate("""
                        INSERT INTO connections (id, environment, name, provider, host, port, database_name, user_name,
                            tls, encrypted_password, path, encrypted_url, tls_ca, ssh_host, ssh_port, ssh_user, ssh_host_key,
                            encrypted_ssh_password, encrypted_ssh_private_key, encrypted_ssh_passphrase, created_at)
                        VALUES (:id, :environment, :name, :provider, :host, :port, :database, :user,
                            :tls, :password, :path, :url, :tls_ca, :ssh_host, :ssh_port, :ssh_user, :ssh_host_key,
                            :ssh_password, :ssh_private_key, :ssh_passphrase, :now)
                        """)
                .bind("id", connection.id())
                .bind("environment", connection.environment().text())
                .bind("name", connection.name())
                .bind("provider", connection.address().provider().text())
                .bind("now", connection.createdAtMicros())
                .bindMap(stored(connection.id(), connection.address()))
                .execute();
    }

    /** Replaces all but the provider. */
    void update(Handle handle, Environment environment, String id, String name, SourceAddress address) {
        handle.createUpdate("""
                        UPDATE connections SET name = :name, host = :host, port = :port, database_name = :database,
                            user_name = :user, tls = :tls, encrypted_password = :password, path = :path,
                            encrypted_url = :url, tls_ca = :tls_ca, ssh_host = :ssh_host, ssh_port = :ssh_port,
                            ssh_user = :ssh_user, ssh_host_key = :ssh_host_key, encrypted_ssh_password = :ssh_password,
                            encrypted_ssh_private_key = :ssh_private_key,
                            encrypted_ssh_passphrase = :ssh_passphrase
                        WHERE id = :id AND environment = :environment
                        """)
                .bind("id", id)
                .bind("environment", environment.text())
                .bind("name", name)
                .bindMap(stored(id, address))
                .execute();
    }

    private Map<String, @Nullable Object> stored(String id, SourceAddress address) {
        Map<String, @Nullable Object> stored = new HashMap<>(NOTHING);
        ABSENT.forEach(column -> stored.put(column, null));
        switch (address) {
            case ServerAddress server -> {
                stored.put("host", server.host());
                stored.put("port", server.port());
                stored.put("database", server.database());
                stored.put("user", server.user());
                stored.put("tls", server.tls().mode().text());
                stored.put("tls_ca", server.tls().ca());
                stored.put("password", secrets.encrypt(server.password(), id));
                if (server.ssh() != null) {
                    stored.putAll(stored(server.ssh(), id));
                }
            }
            case FileAddress file -> stored.put("path", file.path());
            case JdbcAddress jdbc -> {
                stored.put("url", secrets.encrypt(jdbc.url(), id + URL));
                stored.put("user", jdbc.user());
                stored.put("password", secrets.encrypt(jdbc.password(), id));
            }
        }
        return stored;
    }

    private Map<String, @Nullable Object> stored(SshTunnel ssh, String id) {
        Map<String, @Nullable Object> stored = new HashMap<>();
        stored.put("ssh_host", ssh.host());
        stored.put("ssh_port", ssh.port());
        stored.put("ssh_user", ssh.user());
        stored.put("ssh_host_key", ssh.hostKey());
        stored.put("ssh_password", encrypted(ssh.password(), id + SSH_PASSWORD));
        stored.put("ssh_private_key", encrypted(ssh.privateKey(), id + SSH_PRIVATE_KEY));
        stored.put("ssh_passphrase", encrypted(ssh.passphrase(), id + SSH_PASSPHRASE));
        return stored;
    }

    private @Nullable String encrypted(@Nullable String secret, String belongsTo) {
        return secret == null ? null : secrets.encrypt(secret, belongsTo);
    }

    private @Nullable String decrypted(@Nullable String encrypted, String belongsTo) {
        return encrypted == null ? null : secrets.decrypt(encrypted, belongsTo);
    }

    /** Reads no secret, and so works without the key that they are encrypted with. */
    Optional<Provider> provider(Handle handle, Environment environment, String id) {
        return handle.createQuery("SELECT provider FROM connections WHERE id = :id AND environment = :environment")
                .bind("id", id)
                .bind("environment", environment.text())
                .mapTo(String.class)
                .findOne()
                .map(Provider::of);
    }

    Optional<SourceConnection> byId(Handle handle, Environment environment, String id) {
        return handle.createQuery("SELECT * FROM connections WHERE id = :id AND environment = :environment")
                .bind("id", id)
                .bind("environment", environment.text())
                .map((row, _) -> row(row))
                .findOne();
    }

    /** The newest first. */
    Page<SourceConnection> page(Handle handle, Environment environment, PageRequest request) {
        return PAGES.page(handle, environment.text(), request, (row, _) -> row(row));
    }

    long count(Handle handle, Environment environment) {
        return PAGES.count(handle, environment.text());
    }

    void delete(Handle handle, String id) {
        handle.createUpdate("DELETE FROM connections WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    private SourceConnection row(ResultSet row) throws SQLException {
        return new SourceConnection(
                row.getString("id"),
                Environment.of(row.getString("environment")),
                row.getString("name"),
                address(row),
                row.getLong("created_at"));
    }

    private SourceAddress address(ResultSet row) throws SQLException {
        Provider provider = Provider.of(row.getString("provider"));
        if (provider.isFiles()) {
            return new FileAddress(provider, row.getString("path"));
        }
        if (provider == Provider.JDBC) {
            String id = row.getString("id");
            return new JdbcAddress(
                    secrets.decrypt(row.getString("encrypted_url"), id + URL),
                    row.getString("user_name"),
                    secrets.decrypt(row.getString("encrypted_password"), id));
        }
        return new ServerAddress(
                provider,
                row.getString("host"),
                row.getInt("port"),
                row.getString("database_name"),
                row.getString("user_name"),
                secrets.decrypt(row.getString("encrypted_password"), row.getString("id")),
                new Tls(TlsMode.of(row.getString("tls")).orElseThrow(), row.getString("tls_ca")),
                ssh(row));
    }

    private @Nullable SshTunnel ssh(ResultSet row) throws SQLException {
        String host = row.getString("ssh_host");
        if (host == null) {
            return null;
        }
        String id = row.getString("id");
        return new SshTunnel(
                host,
                row.getInt("ssh_port"),
                row.getString("ssh_user"),
                decrypted(row.getString("encrypted_ssh_password"), id + SSH_PASSWORD),
                decrypted(row.getString("encrypted_ssh_private_key"), id + SSH_PRIVATE_KEY),
                decrypted(row.getString("encrypted_ssh_passphrase"), id + SSH_PASSPHRASE),
                row.getString("ssh_host_key"));
    }
}
