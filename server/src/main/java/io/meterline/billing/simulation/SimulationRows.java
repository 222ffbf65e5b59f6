package io.meterline.billing.simulation;

import io.meterline.billing.StoredJson;
import io.meterline.billing.simulation.Simulation.Failure;
import io.meterline.billing.simulation.Simulation.Status;
import io.meterline.control.Columns;
import io.meterline.control.NewestFirst;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The SQL of simulations. */
final class SimulationRows {

    private static final NewestFirst PAGES = new NewestFirst("simulations", "environment");

    private SimulationRows() {}

    static void insert(Handle handle, Simulation one) {
        handle.createUpdate("""
                        INSERT INTO simulations (id, environment, status, request, product_version, currency,
                            customers_done, created_at)
                        VALUES (:id, :environment, :status, :request, :version, :currency, 0, :created)
                        """)
                .bind("id", one.id())
                .bind("environment", one.environment().text())
                .bind("status", one.status().text())
                .bind("request", SimulationText.write(one.request()).toString())
                .bind("version", one.productVersion())
                .bind("currency", one.currency().getCurrencyCode())
                .bind("created", one.createdAtMicros())
                .execute();
    }

    /** How many are not over, of all environments. */
    static long active(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM simulations WHERE finished_at IS NULL")
                .mapTo(Long.class)
                .one();
    }

    /** All that are not over, the oldest first, queued again. */
    static List<Simulation> requeue(Handle handle) {
        handle.execute("UPDATE simulations SET status = 'queued' WHERE finished_at IS NULL");
        return handle.createQuery("SELECT * FROM simulations WHERE finished_at IS NULL ORDER BY number")
                .map((row, _) -> row(row))
                .list();
    }

    static List<String> ids(Handle handle) {
        return handle.createQuery("SELECT id FROM simulations")
                .mapTo(String.class)
                .list();
    }

    /** False when it was cancelled or deleted while it waited. */
    static boolean start(Handle handle, String id, long now) {
        return handle.createUpdate("""
                        UPDATE simulations SET status = 'running', started_at = :now
                        WHERE id = :id AND finished_at IS NULL
                        """).bind("id", id).bind("now", now).execute() == 1;
    }

    /** Does nothing to one that is over. */
    static void end(
            Handle handle,
            String id,
            Status status,
            long now,
            long customers,
            @Nullable ObjectNode result,
            @Nullable Failure failure) {
        handle.createUpdate("""
                        UPDATE simulations SET status = :status, finished_at = :now, customers_done = :customers,
                            result = :result, error_code = :code, error_message = :message
                        WHERE id = :id AND finished_at IS NULL
                        """)
                .bind("id", id)
                .bind("status", status.text())
                .bind("now", now)
                .bind("customers", customers)
                .bind("result", result == null ? null : result.toString())
                .bind("code", failure == null ? null : failure.code())
                .bind("message", failure == null ? null : failure.message())
                .execute();
    }

    /** Ends one that has not begun. */
    static boolean cancelQueued(Handle handle, String id, long now, Failure why) {
        return handle.createUpdate("""
                        UPDATE simulations SET status = 'cancelled', finished_at = :now, error_code = :code,
                            error_message = :message
                        WHERE id = :id AND status = 'queued'
                        """)
                        .bind("id", id)
                        .bind("now", now)
                        .bind("code", why.code())
                        .bind("message", why.message())
                        .execute()
                == 1;
    }

    static Optional<Simulation> find(Handle handle, Environment environment, String id) {
        return handle.createQuery("SELECT * FROM simulations WHERE environment = :environment AND id = :id")
                .bind("environment", environment.text())
                .bind("id", id)
                .map((row, _) -> row(row))
                .findOne();
    }

    /** The newest first. */
    static Page<Simulation> list(Handle handle, Environment environment, PageRequest page) {
        return PAGES.page(handle, environment.text(), page, (row, _) -> row(row));
    }

    static void delete(Handle handle, String id) {
        handle.execute("DELETE FROM simulations WHERE id = ?", id);
    }

    /** Forgets what is over and older than a time, or not among the newest of its environment; gives the ids. */
    static List<String> forget(Handle handle, long before, int most) {
        List<String> ids = handle.createQuery("""
                        SELECT id FROM simulations s WHERE finished_at IS NOT NULL AND (created_at < :before
                            OR (SELECT count(*) FROM simulations n
                                WHERE n.environment = s.environment AND n.number > s.number) >= :most)
                        """)
                .bind("before", before)
                .bind("most", most)
                .mapTo(String.class)
                .list();
        ids.forEach(id -> delete(handle, id));
        return ids;
    }

    private static Simulation row(ResultSet row) throws SQLException {
        String code = row.getString("error_code");
        String result = row.getString("result");
        Status status = Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT));
        return new Simulation(
                row.getString("id"),
                Environment.of(row.getString("environment")),
                status,
                SimulationJson.read(StoredJson.read(row.getString("request"))),
                row.getInt("product_version"),
                Currency.getInstance(row.getString("currency")),
                status == Status.SUCCEEDED ? 100 : 0,
                row.getLong("customers_done"),
                row.getLong("created_at"),
                Columns.nullableLong(row, "started_at"),
                Columns.nullableLong(row, "finished_at"),
                result == null ? null : (ObjectNode) StoredJson.read(result),
                code == null ? null : new Failure(code, row.getString("error_message")));
    }
}
