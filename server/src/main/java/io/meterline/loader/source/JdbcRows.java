package io.meterline.loader.source;

import io.meterline.event.PropertyValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of a JDBC result. Each cell is taken once, as some drivers give it once only. */
final class JdbcRows implements RowStream {

    private final ResultSet result;
    private final List<Column> columns;
    private final JdbcColumn.Getter[] getters;
    private final @Nullable Object[] cells;
    private final long most;
    private final BooleanSupplier stopped;
    private final Function<SQLException, SourceException> failure;
    private long read;
    private boolean ended;

    /**
     * @param most rows after which to stop, 0 for none
     * @param stopped true once no more rows are wanted; the driver may hold some that the source had sent before
     */
    JdbcRows(
            ResultSet result,
            List<JdbcColumn> columns,
            long most,
            BooleanSupplier stopped,
            Function<SQLException, SourceException> failure) {
        this.result = result;
        this.columns = columns.stream().map(JdbcColumn::column).toList();
        this.getters = columns.stream().map(JdbcColumn::getter).toArray(JdbcColumn.Getter[]::new);
        this.cells = new @Nullable Object[getters.length];
        this.most = most;
        this.stopped = stopped;
        this.failure = failure;
    }

    boolean ended() {
        return ended;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public boolean next() {
        Arrays.fill(cells, null);
        try {
            if (stopped.getAsBoolean()) {
                throw new SQLException("stopped");
            }
            ended = ended || (most > 0 && read == most) || !result.next();
            if (ended) {
                return false;
            }
            read++;
            for (int i = 0; i < getters.length; i++) {
                cells[i] = cell(i);
            }
            return true;
        } catch (SQLException e) {
            ended = true;
            throw failure.apply(e);
        }
    }

    private @Nullable Object cell(int column) throws SQLException {
        try {
            return getters[column].get(result, column + 1);
        } catch (BadCellException e) {
            return new Cells.Unreadable(e, e.sentence());
        }
    }

    @Override
    public boolean isNull(int column) {
        return cells[column] == null;
    }

    @Override
    public PropertyValue value(int column) {
        return Cells.value(cells[column]);
    }

    @Override
    public long micros(int column) {
        return Cells.micros(cells[column]);
    }

    @Override
    public @Nullable String text(int column) {
        return Cells.text(cells[column]);
    }

    @Override
    public int bytes() {
        long bytes = 0;
        for (Object cell : cells) {
            bytes += Cells.bytes(cell);
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }
}
