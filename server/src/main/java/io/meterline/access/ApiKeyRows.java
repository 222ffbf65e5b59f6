package io.meterline.access;

import io.meterline.control.Columns;
import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The SQL of API keys. */
final class ApiKeyRows {
    private ApiKeyRows() {}

    /** A key with what identifies its row. */
    record Row(long number, String hash, boolean fromSettings, ApiKey key) {}

    static void insert(Handle handle, ApiKey key, String hash, boolean fromSettings) {
        handle.createUpdate("""
                        INSERT INTO api_keys (id, environment, name, hash, hint, scopes, events_per_second,
                            from_settings, created_at, expires_at)
                        VALUES (:id, :environment, :name, :hash, :hint, :scopes, :rate, :fromSettings, :now, :expires)
                        """)
                .bind("id", key.id())
                .bind("environment", key.environment().text())
                .bind("name", key.name())
                .bind("hash", hash)
                .bind("hint", key.hint())
                .bind("scopes", Scope.join(key.scopes()))
                .bind("rate", key.eventsPerSecond())
                .bind("fromSettings", fromSettings)
                .bind("now", key.createdAtMicros())
                .bind("expires", key.expiresAtMicros())
                .execute();
    }

    static Optional<Row> byHash(Handle handle, String hash) {
        return handle.createQuery("SELECT * FROM api_keys WHERE hash = :hash")
                .bind("hash", hash)
                .map((row, _) -> row(row))
                .findOne();
    }

    static Optional<Row> byId(Handle handle, Environment environment, String id) {
        return handle.createQuery("SELECT * FROM api_keys WHERE id = :id AND environment = :environment")
                .bind("id", id)
                .bind("environment", environment.text())
                .map((row, _) -> row(row))
                .findOne();
    }

    static List<Row> ofSettings(Handle handle, Environment environment) {
        return handle.createQuery("SELECT * FROM api_keys WHERE environment = :environment AND from_settings")
                .bind("environment", environment.text())
                .map((row, _) -> row(row))
                .list();
    }

    /** One row more than the page takes, when there is one; the newest first. */
    static List<Row> page(Handle handle, Environment environment, PageRequest request) {
        Long position = request.position();
        return handle.createQuery("""
                        SELECT * FROM api_keys WHERE environment = :environment AND number < :before
                        ORDER BY number DESC LIMIT :take OFFSET :skip
                        """)
                .bind("environment", environment.text())
                .bind("before", position == null ? Long.MAX_VALUE : position)
                .bind("take", request.take() + 1)
                .bind("skip", request.skip())
                .map((row, _) -> row(row))
                .list();
    }

    static long count(Handle handle, Environment environment) {
        return handle.createQuery("SELECT count(*) FROM api_keys WHERE environment = :environment")
                .bind("environment", environment.text())
                .mapTo(Long.class)
                .one();
    }

    static long countValid(Handle handle, Environment environment, @Nullable String name, long nowMicros) {
        return handle.createQuery("""
                        SELECT count(*) FROM api_keys
                        WHERE environment = :environment AND name = :name AND (expires_at IS NULL OR expires_at > :now)
                        """)
                .bind("environment", environment.text())
                .bind("name", name)
                .bind("now", nowMicros)
                .mapTo(Long.class)
                .one();
    }

    private static Row row(ResultSet row) throws SQLException {
        ApiKey key = new ApiKey(
                row.getString("id"),
                Environment.of(row.getString("environment")),
                row.getString("name"),
                row.getString("hint"),
                Scope.split(row.getString("scopes")),
                Columns.nullableInt(row, "events_per_second"),
                row.getLong("created_at"),
                Columns.nullableLong(row, "expires_at"),
                Columns.nullableLong(row, "last_used_at"));
        return new Row(row.getLong("number"), row.getString("hash"), row.getBoolean("from_settings"), key);
    }
}
