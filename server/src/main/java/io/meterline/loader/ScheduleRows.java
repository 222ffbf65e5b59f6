package io.meterline.loader;

import io.meterline.control.Columns;
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

    /** The loaders that have a time. */
    static List<String> planned(Handle handle) {
        return handle.createQuery("SELECT loader_id FROM loader_schedules WHERE next_run_at IS NOT NULL")
                .mapTo(String.class)
                .list();
    }
}
