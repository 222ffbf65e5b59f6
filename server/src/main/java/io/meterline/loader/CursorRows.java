package io.meterline.loader;

import io.meterline.control.Columns;
import io.meterline.loader.CursorState.Point;
import io.meterline.loader.source.ValueType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of saved cursors. */
final class CursorRows {

    private static final TypeReference<List<Point>> POINTS = new TypeReference<>() {};

    private CursorRows() {}

    static void save(Handle handle, String loaderId, CursorState state) {
        ValueType type = state.type();
        handle.createUpdate("""
                        INSERT INTO loader_cursors (loader_id, value_type, value, points, last_run_at, last_full_at)
                        VALUES (:id, :type, :value, :points, :lastRun, :lastFull)
                        ON CONFLICT (loader_id) DO UPDATE SET value_type = excluded.value_type, value = excluded.value,
                            points = excluded.points, last_run_at = excluded.last_run_at,
                            last_full_at = excluded.last_full_at
                        """)
                .bind("id", loaderId)
                .bind("type", type == null ? null : type.name())
                .bind("value", state.value())
                .bind("points", JsonMapper.shared().writeValueAsString(state.points()))
                .bind("lastRun", state.lastRunMicros())
                .bind("lastFull", state.lastFullMicros())
                .execute();
    }

    /** {@link CursorState#NONE} before the first run. */
    static CursorState byLoader(Handle handle, String loaderId) {
        return handle.createQuery("SELECT * FROM loader_cursors WHERE loader_id = :id")
                .bind("id", loaderId)
                .map((row, _) -> state(row))
                .findOne()
                .orElse(CursorState.NONE);
    }

    private static CursorState state(ResultSet row) throws SQLException {
        String type = row.getString("value_type");
        return new CursorState(
                type == null ? null : ValueType.valueOf(type),
                row.getString("value"),
                JsonMapper.shared().readValue(row.getString("points"), POINTS),
                Columns.nullableLong(row, "last_run_at"),
                Columns.nullableLong(row, "last_full_at"));
    }
}
