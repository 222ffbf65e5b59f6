package io.meterline.control;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Pages of a table whose rows have a rising {@code number}, the newest first.
 *
 * @param table its name, one of ours
 * @param owner the column that says whose a row is
 */
public record NewestFirst(String table, String owner) {

    private record Numbered<T>(long number, T value) {}

    /** A page of what one owner has. */
    public <T> Page<T> page(Handle handle, String of, PageRequest request, RowMapper<T> mapper) {
        Long position = request.position();
        List<Numbered<T>> rows = handle.createQuery("SELECT * FROM " + table + " WHERE " + owner
                        + " = :of AND number < :before ORDER BY number DESC LIMIT :take OFFSET :skip")
                .bind("of", of)
                .bind("before", position == null ? Long.MAX_VALUE : position)
                .bind("take", request.take() + 1)
                .bind("skip", request.skip())
                .map((row, context) -> new Numbered<>(row.getLong("number"), mapper.map(row, context)))
                .list();
        return Page.of(rows, request, count(handle, of), Numbered::number).map(Numbered::value);
    }

    /** How many rows one owner has. */
    public long count(Handle handle, String of) {
        return handle.createQuery("SELECT count(*) FROM " + table + " WHERE " + owner + " = :of")
                .bind("of", of)
                .mapTo(Long.class)
                .one();
    }
}
