package io.meterline.loader.source;

import io.meterline.event.PropertyValue;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;

/** The rows of one {@code COPY … TO STDOUT} in text format. */
final class PostgresRows implements RowStream {

    private static final long MAX_BYTES_AHEAD = 4 << 20;

    private final List<Column> columns;
    private final CellDecoder[] decoders;
    private final Function<SQLException, SourceException> failure;
    private final CopyRow row = new CopyRow();
    private final Deque<byte[]> ahead = new ArrayDeque<>();
    private @Nullable CopyOut copy;

    PostgresRows(CopyOut copy, List<Column> columns, Function<SQLException, SourceException> failure) {
        this.copy = copy;
        this.columns = columns;
        this.failure = failure;
        this.decoders = columns.stream().map(PostgresTypes::decoder).toArray(CellDecoder[]::new);
        row.expect(decoders.length);
    }

    /** A source that is still sending is told to stop. */
    void stop() throws SQLException {
        CopyOut open = copy;
        if (open != null && open.isActive()) {
            copy = null;
            open.cancelCopy();
        }
    }

    /** True when the source has nothing more to send. */
    boolean ended() {
        return copy == null || !copy.isActive();
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public int fetch(int rows) {
        long bytes = 0;
        while (ahead.size() < rows && bytes < MAX_BYTES_AHEAD) {
            byte[] line = line();
            if (line == null) {
                break;
            }
            ahead.add(line);
            bytes += line.length;
        }
        return ahead.size();
    }

    @Override
    public boolean next() {
        byte[] fetched = ahead.poll();
        byte[] line = fetched == null ? line() : fetched;
        if (line == null) {
            return false;
        }
        row.read(line);
        return true;
    }

    private byte @Nullable [] line() {
        CopyOut open = copy;
        if (open == null) {
            return null;
        }
        try {
            byte[] line = open.readFromCopy();
            if (line == null) {
                copy = null;
            }
            return line;
        } catch (SQLException e) {
            copy = null;
            throw failure.apply(e);
        }
    }

    @Override
    public boolean isNull(int column) {
        return row.isNull(column);
    }

    @Override
    public PropertyValue value(int column) {
        if (row.isNull(column)) {
            return PropertyValue.Null.NULL;
        }
        return decoders[column].decode(row.bytes(), row.from(column), row.to(column));
    }

    @Override
    public long micros(int column) {
        return TimeText.micros(row.bytes(), row.from(column), row.to(column));
    }

    @Override
    public @Nullable String text(int column) {
        return row.isNull(column) ? null : CellDecoder.text(row.bytes(), row.from(column), row.to(column));
    }

    @Override
    public int bytes() {
        return row.bytes().length;
    }
}
