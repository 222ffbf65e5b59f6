package io.meterline.file;

import io.meterline.control.Columns;
import io.meterline.control.NewestFirst;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import io.meterline.file.Import.Failure;
import io.meterline.file.Import.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The SQL of imports. */
final class ImportRows {

    private static final int KEPT = 1_000;

    private static final NewestFirst PAGES = new NewestFirst("imports", "environment");

    private ImportRows() {}

    /** An import with the number that its row is ordered by. */
    record Row(long number, Import value) {}

    /** Also forgets the imports of the environment beyond its last 1,000 that are over. */
    static void insert(Handle handle, Import one) {
        handle.createUpdate("""
                        DELETE FROM imports WHERE environment = :environment AND finished_at IS NOT NULL AND number <= (
                            SELECT number FROM imports WHERE environment = :environment
                            ORDER BY number DESC LIMIT 1 OFFSET :kept)
                        """)
                .bind("environment", one.environment().text())
                .bind("kept", KEPT - 1)
                .execute();
        handle.createUpdate("""
                        INSERT INTO imports (id, environment, file_name, type, take_good, replace_later, bytes, status,
                            created_at)
                        VALUES (:id, :environment, :fileName, :type, :takeGood, :replaceLater, :bytes, :status, :created)
                        """)
                .bind("id", one.id())
                .bind("environment", one.environment().text())
                .bind("fileName", one.options().fileName())
                .bind("type", one.options().type().text())
                .bind("takeGood", one.options().partial() ? 1 : 0)
                .bind("replaceLater", one.options().replace() ? 1 : 0)
                .bind("bytes", one.bytes())
                .bind("status", text(one.status()))
                .bind("created", one.createdAtMicros())
                .execute();
    }

    static long active(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM imports WHERE finished_at IS NULL")
                .mapTo(Long.class)
                .one();
    }

    /** All imports that are not over, the oldest first. */
    static List<Import> allActive(Handle handle) {
        return handle.createQuery("SELECT * FROM imports WHERE finished_at IS NULL ORDER BY number")
                .map((row, _) -> row(row).value())
                .list();
    }

    static void requeueAll(Handle handle) {
        handle.execute("UPDATE imports SET status = 'queued' WHERE finished_at IS NULL");
    }

    /** False when it was cancelled while it waited. */
    static boolean start(Handle handle, String id, Status status, long now) {
        return handle.createUpdate("""
                        UPDATE imports SET status = :status, started_at = coalesce(started_at, :now)
                        WHERE id = :id AND finished_at IS NULL
                        """)
                        .bind("id", id)
                        .bind("status", text(status))
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /** Does nothing to one that does not wait. */
    static void cancelQueued(Handle handle, String id, long now, Failure left) {
        handle.createUpdate("""
                        UPDATE imports SET status = 'cancelled', finished_at = :now, error_code = :code,
                            error_message = :message
                        WHERE id = :id AND status = 'queued'
                        """)
                .bind("id", id)
                .bind("now", now)
                .bind("code", left.code())
                .bind("message", left.message())
                .execute();
    }

    static void validated(Handle handle, String id) {
        handle.execute("UPDATE imports SET status = 'importing', validated = 1, events_read = 0 WHERE id = ?", id);
    }

    static void advance(Handle handle, String id, long position, ImportCounts counts, List<LineError> errors) {
        handle.createUpdate("UPDATE imports SET position = :position WHERE id = :id")
                .bind("id", id)
                .bind("position", position)
                .execute();
        count(handle, id, counts);
        addErrors(handle, id, errors);
    }

    static void end(
            Handle handle,
            String id,
            Status status,
            long now,
            @Nullable Failure failure,
            ImportCounts counts,
            List<LineError> errors) {
        handle.createUpdate("""
                        UPDATE imports SET status = :status, finished_at = :now, error_code = :code,
                            error_message = :message
                        WHERE id = :id
                        """)
                .bind("id", id)
                .bind("status", text(status))
                .bind("now", now)
                .bind("code", failure == null ? null : failure.code())
                .bind("message", failure == null ? null : failure.message())
                .execute();
        count(handle, id, counts);
        addErrors(handle, id, errors);
    }

    private static void count(Handle handle, String id, ImportCounts counts) {
        handle.createUpdate("""
                        UPDATE imports SET events_read = :read, events_created = :created, events_corrected = :corrected,
                            events_ignored = :ignored, events_failed = :failed, customers_created = :customers
                        WHERE id = :id
                        """)
                .bind("id", id)
                .bind("read", counts.read())
                .bind("created", counts.created())
                .bind("corrected", counts.corrected())
                .bind("ignored", counts.ignored())
                .bind("failed", counts.failed())
                .bind("customers", counts.customersCreated())
                .execute();
    }

    private static void addErrors(Handle handle, String id, List<LineError> errors) {
        if (errors.isEmpty()) {
            return;
        }
        long number = handle.createQuery("SELECT number FROM imports WHERE id = :id")
                .bind("id", id)
                .mapTo(Long.class)
                .one();
        long place = handle.createQuery("SELECT count(*) FROM import_errors WHERE import_number = :number")
                .bind("number", number)
                .mapTo(Long.class)
                .one();
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO import_errors (import_number, place, line, code, path, message)
                VALUES (:number, :place, :line, :code, :path, :message)
                """);
        for (LineError error : errors) {
            batch.bind("number", number)
                    .bind("place", place++)
                    .bind("line", error.line())
                    .bind("code", error.code())
                    .bind("path", error.path().replace('\0', '?'))
                    .bind("message", error.message().replace('\0', '?'))
                    .add();
        }
        batch.execute();
    }

    static Optional<Row> byId(Handle handle, Environment environment, String id) {
        return handle.createQuery("SELECT * FROM imports WHERE id = :id AND environment = :environment")
                .bind("id", id)
                .bind("environment", environment.text())
                .map((row, _) -> row(row))
                .findOne();
    }

    static List<LineError> errors(Handle handle, long number) {
        return handle.createQuery("SELECT * FROM import_errors WHERE import_number = :number ORDER BY place")
                .bind("number", number)
                .map((row, _) -> new LineError(
                        row.getLong("line"), row.getString("code"), row.getString("path"), row.getString("message")))
                .list();
    }

    /** The newest first. */
    static Page<Import> page(Handle handle, Environment environment, PageRequest request) {
        return PAGES.page(handle, environment.text(), request, (row, _) -> row(row).value());
    }

    private static Row row(ResultSet row) throws SQLException {
        String code = row.getString("error_code");
        Status status = Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT));
        return new Row(
                row.getLong("number"),
                new Import(
                        row.getString("id"),
                        Environment.of(row.getString("environment")),
                        new ImportOptions(
                                row.getString("file_name"),
                                FileType.of(row.getString("type")).orElseThrow(),
                                row.getLong("take_good") == 1,
                                row.getLong("replace_later") == 1),
                        row.getLong("bytes"),
                        status,
                        row.getLong("validated") == 1,
                        row.getLong("position"),
                        new ImportCounts(
                                row.getLong("events_read"),
                                row.getLong("events_created"),
                                row.getLong("events_corrected"),
                                row.getLong("events_ignored"),
                                row.getLong("events_failed"),
                                row.getLong("customers_created")),
                        status == Status.SUCCEEDED ? 100 : 0,
                        row.getLong("created_at"),
                        Columns.nullableLong(row, "started_at"),
                        Columns.nullableLong(row, "finished_at"),
                        code == null ? null : new Failure(code, row.getString("error_message"))));
    }

    private static String text(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
