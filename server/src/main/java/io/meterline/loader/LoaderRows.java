package io.meterline.loader;

import io.meterline.control.NewestFirst;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import io.meterline.ingest.ExcessDigits;
import io.meterline.loader.source.RowLimits;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The SQL of loaders. */
final class LoaderRows {

    private static final NewestFirst PAGES = new NewestFirst("loaders", "environment");

    private LoaderRows() {}

    static void insert(Handle handle, Loader loader) {
        LoaderDraft draft = loader.draft();
        CursorRule cursor = draft.cursor();
        handle.createUpdate("""
                        INSERT INTO loaders (id, environment, connection_id, name, event_type, query, refresh, cursor_column,
                            cursor_initial, cursor_overlap, cursor_full_reload, identity, excess_properties,
                            excess_digits, max_rows, max_bytes, created_at, updated_at)
                        VALUES (:id, :environment, :connection, :name, :eventType, :query, :refresh, :cursorColumn,
                            :cursorInitial, :cursorOverlap, :cursorFullReload, :identity, :excessProperties, :excessDigits, :maxRows, :maxBytes, :created,
                            :updated)
                        """)
                .bind("id", loader.id())
                .bind("environment", loader.environment().text())
                .bind("connection", draft.connectionId())
                .bind("name", draft.name())
                .bind("eventType", draft.eventType())
                .bind("query", draft.query())
                .bind("refresh", draft.refresh().text())
                .bind("cursorColumn", cursor == null ? null : cursor.column())
                .bind("cursorInitial", cursor == null ? null : cursor.initial())
                .bind("cursorOverlap", cursor == null ? null : cursor.overlap())
                .bind(
                        "cursorFullReload",
                        cursor == null || cursor.fullReload() == null
                                ? null
                                : cursor.fullReload().toString())
                .bind("identity", draft.identity().name())
                .bind("excessProperties", draft.excessProperties().name())
                .bind("excessDigits", draft.excessDigits().name())
                .bind("maxRows", draft.limits().rows())
                .bind("maxBytes", draft.limits().bytes())
                .bind("created", loader.createdAtMicros())
                .bind("updated", loader.updatedAtMicros())
                .execute();
    }

    static void update(Handle handle, Loader loader) {
        LoaderDraft draft = loader.draft();
        CursorRule cursor = draft.cursor();
        handle.createUpdate("""
                        UPDATE loaders SET connection_id = :connection, name = :name, query = :query,
                            refresh = :refresh, cursor_column = :cursorColumn, cursor_initial = :cursorInitial,
                            cursor_overlap = :cursorOverlap, cursor_full_reload = :cursorFullReload,
                            excess_properties = :excessProperties, excess_digits = :excessDigits, max_rows = :maxRows,
                            max_bytes = :maxBytes, updated_at = :updated
                        WHERE id = :id
                        """)
                .bind("id", loader.id())
                .bind("connection", draft.connectionId())
                .bind("name", draft.name())
                .bind("query", draft.query())
                .bind("refresh", draft.refresh().text())
                .bind("cursorColumn", cursor == null ? null : cursor.column())
                .bind("cursorInitial", cursor == null ? null : cursor.initial())
                .bind("cursorOverlap", cursor == null ? null : cursor.overlap())
                .bind(
                        "cursorFullReload",
                        cursor == null || cursor.fullReload() == null
                                ? null
                                : cursor.fullReload().toString())
                .bind("excessProperties", draft.excessProperties().name())
                .bind("excessDigits", draft.excessDigits().name())
                .bind("maxRows", draft.limits().rows())
                .bind("maxBytes", draft.limits().bytes())
                .bind("updated", loader.updatedAtMicros())
                .execute();
    }

    static Optional<Loader> byId(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM loaders WHERE id = :id")
                .bind("id", id)
                .map((row, _) -> row(row))
                .findOne();
    }

    /** The newest first. */
    static Page<Loader> page(Handle handle, Environment environment, PageRequest request) {
        return PAGES.page(handle, environment.text(), request, (row, _) -> row(row));
    }

    static long count(Handle handle, Environment environment) {
        return PAGES.count(handle, environment.text());
    }

    static long countOnConnection(Handle handle, String connectionId) {
        return handle.createQuery("SELECT count(*) FROM loaders WHERE connection_id = :connection")
                .bind("connection", connectionId)
                .mapTo(Long.class)
                .one();
    }

    /** The names of the loaders whose rows become events of a type. */
    static List<String> namesOfType(Handle handle, Environment environment, String eventType) {
        return handle.createQuery("""
                        SELECT name FROM loaders WHERE environment = :environment AND event_type = :eventType
                        ORDER BY number LIMIT 10
                        """)
                .bind("environment", environment.text())
                .bind("eventType", eventType)
                .mapTo(String.class)
                .list();
    }

    static void delete(Handle handle, String id) {
        handle.createUpdate("DELETE FROM loaders WHERE id = :id").bind("id", id).execute();
    }

    private static Loader row(ResultSet row) throws SQLException {
        LoaderDraft draft = new LoaderDraft(
                row.getString("name"),
                row.getString("connection_id"),
                row.getString("event_type"),
                row.getString("query"),
                Refresh.parse(row.getString("refresh")),
                cursor(row),
                LoaderDraft.Identity.valueOf(row.getString("identity")),
                LoaderDraft.ExcessProperties.valueOf(row.getString("excess_properties")),
                ExcessDigits.valueOf(row.getString("excess_digits")),
                new RowLimits(row.getLong("max_rows"), row.getLong("max_bytes")));
        return new Loader(
                row.getString("id"),
                Environment.of(row.getString("environment")),
                draft,
                row.getLong("created_at"),
                row.getLong("updated_at"));
    }

    private static @Nullable CursorRule cursor(ResultSet row) throws SQLException {
        String column = row.getString("cursor_column");
        return column == null
                ? null
                : new CursorRule(
                        column,
                        row.getString("cursor_initial"),
                        row.getString("cursor_overlap"),
                        CursorRule.fullReload(row.getString("cursor_full_reload")));
    }
}
