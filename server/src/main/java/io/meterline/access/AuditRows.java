package io.meterline.access;

import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The SQL of the audit log. */
final class AuditRows {

    private static final Map<String, String> CONDITIONS = Map.of(
            "actor", "actor_id = :actor",
            "environment", "environment = :environment",
            "prefix", "substr(path, 1, length(:prefix)) = :prefix",
            "from", "at >= :from",
            "to", "at < :to",
            "position", "number < :position");

    private AuditRows() {}

    static void insert(Handle handle, String id, long at, AuditChange change) {
        Environment environment = change.environment();
        handle.createUpdate("""
                        INSERT INTO audit_log (id, at, actor_kind, actor_id, actor_name, environment, method, path, action,
                            target, request_id, before_text, after_text, erased)
                        VALUES (:id, :at, :kind, :actor, :name, :environment, :method, :path, :action,
                            :target, :request, :before, :after, :erased)
                        """)
                .bind("id", id)
                .bind("at", at)
                .bind("kind", change.actor().kind().text())
                .bind("actor", change.actor().id())
                .bind("name", change.actor().name())
                .bind("environment", environment == null ? null : environment.text())
                .bind("method", change.method())
                .bind("path", change.path())
                .bind("action", change.action())
                .bind("target", change.target())
                .bind("request", change.requestId())
                .bind("before", change.before())
                .bind("after", change.after())
                .bind("erased", false)
                .execute();
    }

    /** One row more than the page takes, when there is one; the newest first. */
    static List<AuditEntry> page(Handle handle, AuditFilter filter, PageRequest request, long oldest) {
        Map<String, Object> values = values(filter, oldest);
        Long position = request.position();
        if (position != null) {
            values.put("position", position);
        }
        return handle.createQuery(
                        "SELECT * FROM audit_log " + where(values) + " ORDER BY number DESC LIMIT :take OFFSET :skip")
                .bindMap(values)
                .bind("take", request.take() + 1)
                .bind("skip", request.skip())
                .map((row, _) -> entry(row))
                .list();
    }

    static long count(Handle handle, AuditFilter filter, long oldest) {
        Map<String, Object> values = values(filter, oldest);
        return handle.createQuery("SELECT count(*) FROM audit_log " + where(values))
                .bindMap(values)
                .mapTo(Long.class)
                .one();
    }

    static List<AuditEntry> byId(Handle handle, String id, long oldest) {
        return handle.createQuery("SELECT * FROM audit_log WHERE id = :id AND at >= :oldest")
                .bind("id", id)
                .bind("oldest", oldest)
                .map((row, _) -> entry(row))
                .list();
    }

    /** Deletes some of what is older; the answer is how many that were. */
    static int deleteBefore(Handle handle, long oldest, int most) {
        return handle.execute(
                "DELETE FROM audit_log WHERE number IN (SELECT number FROM audit_log WHERE at < ? ORDER BY at LIMIT ?)",
                oldest,
                most);
    }

    private static Map<String, Object> values(AuditFilter filter, long oldest) {
        Map<String, Object> values = new HashMap<>();
        values.put("from", Math.max(filter.period().fromMicros(), oldest));
        values.put("to", filter.period().toMicros());
        if (filter.actorId() != null) {
            values.put("actor", filter.actorId());
        }
        if (filter.environment() != null) {
            values.put("environment", filter.environment().text());
        }
        if (filter.pathPrefix() != null) {
            values.put("prefix", filter.pathPrefix());
        }
        return values;
    }

    private static String where(Map<String, Object> values) {
        return values.keySet().stream()
                .sorted()
                .map(CONDITIONS::get)
                .collect(Collectors.joining(" AND ", "WHERE ", ""));
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        String environment = row.getString("environment");
        AuditActor actor = new AuditActor(
                AuditActor.Kind.of(row.getString("actor_kind")),
                row.getString("actor_id"),
                row.getString("actor_name"));
        AuditChange change = new AuditChange(
                actor,
                environment == null ? null : Environment.of(environment),
                row.getString("method"),
                row.getString("path"),
                row.getString("action"),
                row.getString("target"),
                row.getString("request_id"),
                row.getString("before_text"),
                row.getString("after_text"));
        return new AuditEntry(
                row.getLong("number"), row.getString("id"), row.getLong("at"), change, row.getBoolean("erased"));
    }
}
