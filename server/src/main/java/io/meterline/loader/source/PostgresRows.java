package io.meterline.loader.source;

import io.meterline.event.PropertyValue;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;

/** The rows of one {@code COPY … TO STDOUT} in text format. */
final class PostgresRows implements RowStream {

    private final List<Column> columns;
    private final CellDecoder[] decoders;
    private final Function<SQLException, SourceException> failure;
    private final CopyRow row = new CopyRow();
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

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public boolean next() {
        CopyOut open = copy;
        if (open == null) {
            return false;
        }
        try {
            byte[] line = open.readFromCopy();
            if (line == null) {
                copy = null;
                return false;
            }
            row.read(line);
            return true;
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
