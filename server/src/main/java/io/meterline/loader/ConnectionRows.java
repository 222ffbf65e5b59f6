package io.meterline.loader;

import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import io.meterline.loader.source.Provider;
import io.meterline.loader.source.SourceAddress;
import io.meterline.loader.source.TlsMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The SQL of connections. */
final class ConnectionRows {

    private final SecretBox secrets;

    ConnectionRows(SecretBox secrets) {
        this.secrets = secrets;
    }

    /** A connection with the number that its row is ordered by. */
    record Row(long number, SourceConnection connection) {}

    void insert(Handle handle, SourceConnection connection) {
        SourceAddress address = connection.address();
        handle.createUpdate("""
                        INSERT INTO connections (id, environment, name, provider, host, port, database_name, user_name,
                            tls, encrypted_password, created_at)
                        VALUES (:id, :environment, :name, :provider, :host, :port, :database, :user,
                            :tls, :password, :now)
                        """)
                .bind("id", connection.id())
                .bind("environment", connection.environment().text())
                .bind("name", connection.name())
                .bind("provider", address.provider().text())
                .bind("host", address.host())
                .bind("port", address.port())
                .bind("database", address.database())
                .bind("user", address.user())
                .bind("tls", address.tls().text())
                .bind("password", secrets.encrypt(address.password(), connection.id()))
                .bind("now", connection.createdAtMicros())
                .execute();
    }

    Optional<SourceConnection> byId(Handle handle, Environment environment, String id) {
        return handle.createQuery("SELECT * FROM connections WHERE id = :id AND environment = :environment")
                .bind("id", id)
                .bind("environment", environment.text())
                .map((row, _) -> row(row).connection())
                .findOne();
    }

    /** One row more than the page takes, when there is one; the newest first. */
    List<Row> page(Handle handle, Environment environment, PageRequest request) {
        Long position = request.position();
        return handle.createQuery("""
                        SELECT * FROM connections WHERE environment = :environment AND number < :before
                        ORDER BY number DESC LIMIT :take OFFSET :skip
                        """)
                .bind("environment", environment.text())
                .bind("before", position == null ? Long.MAX_VALUE : position)
                .bind("take", request.take() + 1)
                .bind("skip", request.skip())
                .map((row, _) -> row(row))
                .list();
    }

    long count(Handle handle, Environment environment) {
        return handle.createQuery("SELECT count(*) FROM connections WHERE environment = :environment")
                .bind("environment", environment.text())
                .mapTo(Long.class)
                .one();
    }

    void delete(Handle handle, String id) {
        handle.createUpdate("DELETE FROM connections WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    private Row row(ResultSet row) throws SQLException {
        String id = row.getString("id");
        SourceAddress address = new SourceAddress(
                Provider.of(row.getString("provider")),
                row.getString("host"),
                row.getInt("port"),
                row.getString("database_name"),
                row.getString("user_name"),
                secrets.decrypt(row.getString("encrypted_password"), id),
                TlsMode.of(row.getString("tls")).orElseThrow());
        return new Row(
                row.getLong("number"),
                new SourceConnection(
                        id,
                        Environment.of(row.getString("environment")),
                        row.getString("name"),
                        address,
                        row.getLong("created_at")));
    }
}
