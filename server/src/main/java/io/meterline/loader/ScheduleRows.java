package io.meterline.loader;

import io.meterline.control.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The SQL of loaders' schedules. */
final class ScheduleRows {

    private ScheduleRows() {}

    static void save(Handle handle, String loaderId, LoaderSchedule schedule) {
        handle.createUpdate("""
                        INSERT INTO loader_schedules (loader_id, paused_at, next_run_at, failed_attempts, failing_since)
                        VALUES (:id, :paused, :next, :attempts, :failing)
                        ON CONFLICT (loader_id) DO UPDATE SET paused_at = excluded.paused_at,
                            next_run_at = excluded.next_run_at, failed_attempts = excluded.failed_attempts,
                            failing_since = excluded.failing_since
                        """)
                .bind("id", loaderId)
                .bind("paused", schedule.pausedAtMicros())
                .bind("next", schedule.nextRunAtMicros())
                .bind("attempts", schedule.failedAttempts())
                .bind("failing", schedule.failingSinceMicros())
                .execute();
    }

    /** Empty when the loader is not there. */
    static Optional<LoaderSchedule> byLoader(Handle handle, String loaderId) {
        return handle.createQuery("SELECT * FROM loader_schedules WHERE loader_id = :id")
                .bind("id", loaderId)
                .map((row, _) -> new LoaderSchedule(
                        Columns.nullableLong(row, "paused_at"),
                        Columns.nullableLong(row, "next_run_at"),
                        row.getInt("failed_attempts"),
                        Columns.nullableLong(row, "failing_since")))
                .findOne();
    }

    /**
     * Of all loaders together.
     *
     * @param oldestDueMicros since when the run that waits longest has been due; now when none is
     */
    record Figures(int running, int waiting, int failing, long oldestDueMicros) {}

    static Figures figures(Handle handle, long now) {
        return handle.createQuery("""
                        SELECT
                            (SELECT count(*) FROM loader_runs WHERE status = 'running') AS running,
                            (SELECT count(*) FROM loader_runs WHERE status = 'queued') AS waiting,
                            (SELECT count(*) FROM loader_schedules WHERE failing_since IS NOT NULL) AS failing,
                            (SELECT min(queued_at) FROM loader_runs WHERE status = 'queued') AS queued_at,
                            (SELECT min(next_run_at) FROM loader_schedules WHERE next_run_at IS NOT NULL
                                AND NOT EXISTS (SELECT * FROM loader_runs WHERE loader_runs.loader_id =
                                    loader_schedules.loader_id AND status IN ('queued', 'running'))) AS due_at
                        """)
                .map((row, _) -> new Figures(
                        row.getInt("running"),
                        row.getInt("waiting"),
                        row.getInt("failing"),
                        Math.min(orElse(row, "queued_at", now), orElse(row, "due_at", now))))
                .one();
    }

    private static long orElse(ResultSet row, String column, long otherwise) throws SQLException {
        Long value = Columns.nullableLong(row, column);
        return value == null ? otherwise : value;
    }

    /** The loaders that have a time. */
    static List<String> planned(Handle handle) {
        return handle.createQuery("SELECT loader_id FROM loader_schedules WHERE next_run_at IS NOT NULL")
                .mapTo(String.class)
                .list();
    }
}
