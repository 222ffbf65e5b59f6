package io.meterline.loader;

import io.meterline.control.Columns;
import io.meterline.control.NewestFirst;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The SQL of runs. Each change names the state that it leaves, so that of two changes at once only one happens. */
final class RunRows {

    private static final int KEPT_RUNS = 1_000;

    private static final NewestFirst PAGES = new NewestFirst("loader_runs", "loader_id");

    private RunRows() {}

    /** Also forgets the runs of the loader beyond its last 1,000. */
    static void insertQueued(Handle handle, Run run) {
        handle.createUpdate("""
                        DELETE FROM loader_runs WHERE loader_id = :loader AND number <= (
                            SELECT number FROM loader_runs WHERE loader_id = :loader
                            ORDER BY number DESC LIMIT 1 OFFSET :kept)
                        """)
                .bind("loader", run.loaderId())
                .bind("kept", KEPT_RUNS - 1)
                .execute();
        handle.createUpdate("""
                        INSERT INTO loader_runs (id, loader_id, status, queued_at, attempt, full_reload)
                        VALUES (:id, :loader, 'queued', :queued, :attempt, :full)
                        """)
                .bind("id", run.id())
                .bind("loader", run.loaderId())
                .bind("queued", run.queuedAtMicros())
                .bind("attempt", run.attempt())
                .bind("full", run.fullReload() ? 1 : 0)
                .execute();
    }

    /** The next load number: greater than all before it. */
    static long nextLoadNumber(Handle handle) {
        handle.execute("UPDATE load_numbers SET last_number = last_number + 1 WHERE only_row = 1");
        return handle.createQuery("SELECT last_number FROM load_numbers WHERE only_row = 1")
                .mapTo(Long.class)
                .one();
    }

    static void start(Handle handle, String id, RunState.Running running) {
        handle.createUpdate("""
                        UPDATE loader_runs SET status = 'running', load_number = :load, started_at = :started
                        WHERE id = :id AND status = 'queued'
                        """)
                .bind("id", id)
                .bind("load", running.loadNumber())
                .bind("started", running.startedAtMicros())
                .execute();
    }

    static void end(Handle handle, String id, RunState.Ended ended, RunCounts counts, RunScope scope) {
        RunState.RunError error = ended instanceof RunState.Failed failed ? failed.error() : null;
        handle.createUpdate("""
                        UPDATE loader_runs SET status = :status, finished_at = :finished, error_code = :code,
                            error_message = :message, rows_read = :read, rows_set_aside = :setAside,
                            rows_created = :created, rows_corrected = :corrected, rows_unchanged = :unchanged,
                            rows_ignored = :ignored, rows_repeated = :repeated, numbers_rounded = :rounded,
                            customers_created = :customers, estimated_rows = :estimated,
                            cursor_before = :cursorBefore, cursor_after = :cursorAfter, gap_possible = :gap
                        WHERE id = :id AND status IN ('queued', 'running')
                        """)
                .bind("id", id)
                .bind("status", ended.status())
                .bind("finished", ended.finishedAtMicros())
                .bind("code", error == null ? null : error.code())
                .bind("message", error == null ? null : error.message())
                .bind("read", counts.read())
                .bind("setAside", counts.setAside())
                .bind("created", counts.created())
                .bind("corrected", counts.corrected())
                .bind("unchanged", counts.unchanged())
                .bind("ignored", counts.ignored())
                .bind("repeated", counts.repeated())
                .bind("rounded", counts.rounded())
                .bind("customers", counts.customersCreated())
                .bind("estimated", scope.estimatedRows())
                .bind("cursorBefore", scope.cursorBefore())
                .bind("cursorAfter", scope.cursorAfter())
                .bind("gap", scope.gapPossible() ? 1 : 0)
                .execute();
    }

    static Optional<Run> byId(Handle handle, String loaderId, String id) {
        return handle.createQuery("SELECT * FROM loader_runs WHERE id = :id AND loader_id = :loader")
                .bind("id", id)
                .bind("loader", loaderId)
                .map((row, _) -> row(row))
                .findOne();
    }

    /** The run of a loader that is queued or running. */
    static Optional<Run> active(Handle handle, String loaderId) {
        return handle.createQuery(
                        "SELECT * FROM loader_runs WHERE loader_id = :loader AND status IN ('queued', 'running')")
                .bind("loader", loaderId)
                .map((row, _) -> row(row))
                .findOne();
    }

    /** The run of a loader that was queued last. */
    static Optional<Run> latest(Handle handle, String loaderId) {
        return handle.createQuery("SELECT * FROM loader_runs WHERE loader_id = :loader ORDER BY number DESC LIMIT 1")
                .bind("loader", loaderId)
                .map((row, _) -> row(row))
                .findOne();
    }

    /** All runs that are queued or running, the oldest first; there is at most one a loader. */
    static List<Run> allActive(Handle handle) {
        return handle.createQuery("SELECT * FROM loader_runs WHERE status IN ('queued', 'running') ORDER BY number")
                .map((row, _) -> row(row))
                .list();
    }

    /** The newest first. */
    static Page<Run> page(Handle handle, String loaderId, PageRequest request) {
        return PAGES.page(handle, loaderId, request, (row, _) -> row(row));
    }

    private static Run row(ResultSet row) throws SQLException {
        RunCounts counts = new RunCounts(
                row.getLong("rows_read"),
                row.getLong("rows_set_aside"),
                row.getLong("rows_created"),
                row.getLong("rows_corrected"),
                row.getLong("rows_unchanged"),
                row.getLong("rows_ignored"),
                row.getLong("rows_repeated"),
                row.getLong("numbers_rounded"),
                row.getLong("customers_created"));
        RunScope scope = new RunScope(
                Columns.nullableLong(row, "estimated_rows"),
                row.getString("cursor_before"),
                row.getString("cursor_after"),
                row.getLong("gap_possible") != 0);
        return new Run(
                row.getString("id"),
                row.getString("loader_id"),
                row.getLong("queued_at"),
                row.getInt("attempt"),
                row.getLong("full_reload") != 0,
                state(row),
                counts,
                scope);
    }

    private static RunState state(ResultSet row) throws SQLException {
        long started = row.getLong("started_at");
        long finished = row.getLong("finished_at");
        String status = row.getString("status");
        return switch (status) {
            case "queued" -> new RunState.Queued();
            case "running" -> new RunState.Running(row.getLong("load_number"), started);
            case "succeeded" -> new RunState.Succeeded(started, finished);
            case "cancelled" -> new RunState.Cancelled(Columns.nullableLong(row, "started_at"), finished);
            case "failed" ->
                new RunState.Failed(
                        started,
                        finished,
                        new RunState.RunError(row.getString("error_code"), row.getString("error_message")));
            default -> throw new IllegalStateException("no run has the status " + status);
        };
    }
}
