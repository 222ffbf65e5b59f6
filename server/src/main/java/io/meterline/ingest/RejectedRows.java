package io.meterline.ingest;

import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import io.meterline.event.Source;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The statements on rejected events. Their number per environment is kept beside them, since counting would scan. */
final class RejectedRows {

    private static final int BATCH = 1_000;

    private static final Map<String, String> CONDITIONS = Map.of(
            "environment", "environment = :environment",
            "from", "received_at >= :from",
            "to", "received_at < :to",
            "code", "code = :code",
            "source", "source = :source",
            "origin", "origin = :origin",
            "event_type", "event_type = :event_type",
            "customer_id", "customer_id = :customer_id",
            "before", "number < :before");

    private RejectedRows() {}

    static void insert(
            Handle handle,
            Environment environment,
            Source source,
            @Nullable String origin,
            List<Rejection> rejections,
            long now) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO rejected_events (environment, source, origin, code, path, message, event_type, customer_id,
                    raw, complete, received_at)
                VALUES (:environment, :source, :origin, :code, :path, :message, :event_type, :customer_id,
                    :raw, :complete, :received_at)
                """);
        for (Rejection rejection : rejections) {
            batch.bind("environment", environment.text())
                    .bind("source", source.text())
                    .bind("origin", origin)
                    .bind("code", rejection.code())
                    .bind("path", storable(rejection.path()))
                    .bind("message", storable(rejection.message()))
                    .bind("event_type", rejection.eventType())
                    .bind("customer_id", rejection.customerId())
                    .bind("raw", storable(rejection.raw()))
                    .bind("complete", rejection.complete())
                    .bind("received_at", now)
                    .add();
            if (batch.size() == BATCH) {
                batch.execute();
            }
        }
        if (batch.size() > 0) {
            batch.execute();
        }
        addKept(handle, environment, rejections.size());
    }

    static List<RejectedEvent> list(
            Handle handle, Environment environment, RejectedFilter filter, PageRequest page, long oldest) {
        Map<String, Object> values = values(environment, filter, oldest);
        Long before = page.position();
        if (before != null) {
            values.put("before", before);
        }
        return handle.createQuery("SELECT * FROM rejected_events " + where(values) + """
                         ORDER BY number DESC LIMIT :take OFFSET :skip
                        """)
                .bindMap(values)
                .bind("take", page.take() + 1)
                .bind("skip", page.skip())
                .map((row, _) -> row(row))
                .list();
    }

    static long total(Handle handle, Environment environment, RejectedFilter filter, long oldest) {
        Map<String, Object> values = values(environment, filter, oldest);
        return handle.createQuery("SELECT count(*) FROM rejected_events " + where(values))
                .bindMap(values)
                .mapTo(Long.class)
                .one();
    }

    static Optional<RejectedEvent> find(Handle handle, Environment environment, long number, long oldest) {
        return handle.createQuery("""
                        SELECT * FROM rejected_events
                        WHERE environment = :environment AND number = :number AND received_at >= :oldest
                        """)
                .bind("environment", environment.text())
                .bind("number", number)
                .bind("oldest", oldest)
                .map((row, _) -> row(row))
                .findOne();
    }

    static int delete(Handle handle, Environment environment, long number) {
        return deleted(
                handle,
                environment,
                handle.createUpdate("DELETE FROM rejected_events WHERE environment = :environment AND number = :number")
                        .bind("environment", environment.text())
                        .bind("number", number)
                        .execute());
    }

    static int deleteBefore(Handle handle, Environment environment, long micros) {
        return deleted(
                handle,
                environment,
                handle.createUpdate("""
                        DELETE FROM rejected_events WHERE environment = :environment AND received_at < :before
                        """)
                        .bind("environment", environment.text())
                        .bind("before", micros)
                        .execute());
    }

    static int deleteOldest(Handle handle, Environment environment, long count) {
        return deleted(
                handle,
                environment,
                handle.createUpdate("""
                        DELETE FROM rejected_events WHERE number IN (
                            SELECT number FROM rejected_events WHERE environment = :environment
                            ORDER BY number LIMIT :count)
                        """)
                        .bind("environment", environment.text())
                        .bind("count", count)
                        .execute());
    }

    static int erase(Handle handle, Environment environment, Set<String> customerIds) {
        return deleted(
                handle,
                environment,
                handle.createUpdate("""
                        DELETE FROM rejected_events
                        WHERE environment = :environment AND customer_id IN (<customers>)
                        """)
                        .bind("environment", environment.text())
                        .bindList("customers", List.copyOf(customerIds))
                        .execute());
    }

    static int update(Handle handle, Environment environment, long number, EventError error) {
        return handle.createUpdate("""
                        UPDATE rejected_events SET code = :code, path = :path, message = :message
                        WHERE environment = :environment AND number = :number
                        """)
                .bind("code", error.code().text())
                .bind("path", storable(error.path()))
                .bind("message", storable(error.message()))
                .bind("environment", environment.text())
                .bind("number", number)
                .execute();
    }

    static long count(Handle handle, Environment environment) {
        return figure(handle, environment, "SELECT kept FROM rejected_event_counts WHERE environment = :environment");
    }

    static long dropped(Handle handle, Environment environment) {
        return figure(
                handle, environment, "SELECT dropped FROM rejected_event_counts WHERE environment = :environment");
    }

    static void addDropped(Handle handle, Environment environment, long dropped) {
        if (dropped > 0) {
            add(handle, environment, 0, dropped);
        }
    }

    private static void addKept(Handle handle, Environment environment, long kept) {
        add(handle, environment, kept, 0);
    }

    private static int deleted(Handle handle, Environment environment, int rows) {
        if (rows > 0) {
            addKept(handle, environment, -rows);
        }
        return rows;
    }

    private static void add(Handle handle, Environment environment, long kept, long dropped) {
        handle.createUpdate("""
                        INSERT INTO rejected_event_counts (environment, kept, dropped)
                        VALUES (:environment, :kept, :dropped)
                        ON CONFLICT (environment) DO UPDATE SET
                            kept = rejected_event_counts.kept + excluded.kept,
                            dropped = rejected_event_counts.dropped + excluded.dropped
                        """)
                .bind("environment", environment.text())
                .bind("kept", kept)
                .bind("dropped", dropped)
                .execute();
    }

    private static long figure(Handle handle, Environment environment, String sql) {
        return handle.createQuery(sql)
                .bind("environment", environment.text())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    /** A condition for each value that is asked for, by the name of its parameter. */
    private static String where(Map<String, Object> values) {
        return CONDITIONS.entrySet().stream()
                .filter(condition -> values.containsKey(condition.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(" AND ", "WHERE ", ""));
    }

    private static Map<String, Object> values(Environment environment, RejectedFilter filter, long oldest) {
        Map<String, Object> values = new HashMap<>();
        values.put("environment", environment.text());
        values.put("from", Math.max(oldest, filter.received().fromMicros()));
        values.put("to", filter.received().toMicros());
        Source source = filter.source();
        putIfGiven(values, "source", source == null ? null : source.text());
        putIfGiven(values, "code", filter.code());
        putIfGiven(values, "origin", filter.origin());
        putIfGiven(values, "event_type", filter.eventType());
        putIfGiven(values, "customer_id", filter.customerId());
        return values;
    }

    private static void putIfGiven(Map<String, Object> values, String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
    }

    private static RejectedEvent row(ResultSet row) throws SQLException {
        return new RejectedEvent(
                row.getLong("number"),
                Environment.of(row.getString("environment")),
                Source.of(row.getString("source")),
                row.getString("origin"),
                new Rejection(
                        row.getString("code"),
                        row.getString("path"),
                        row.getString("message"),
                        row.getString("event_type"),
                        row.getString("customer_id"),
                        row.getString("raw"),
                        row.getBoolean("complete")),
                row.getLong("received_at"));
    }

    // PostgreSQL's text cannot hold U+0000, and a line that is no JSON may.
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
