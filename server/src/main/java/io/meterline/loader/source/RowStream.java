package io.meterline.loader.source;

import io.meterline.event.PropertyValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query, one at a time, for one thread. They end with their {@link SourceSession}.
 *
 * <p>Columns are counted from 0. The accessors look at the row that the last {@link #next} reached.
 */
public interface RowStream {

    List<Column> columns();

    /** Goes to the next row; false when there is none. Throws {@link SourceException} when the source fails. */
    boolean next();

    /**
     * Waits until so many rows are here, or fewer where there are not so many or they are large. Throws {@link
     * SourceException}.
     *
     * @return for how many calls of {@link #next} the source will not be waited for, 0 at the end of the rows; -1 when it
     *     cannot read ahead, and nothing was done
     */
    default int fetch(int rows) {
        return -1;
    }

    boolean isNull(int column);

    /** The value as a property. Throws {@link BadCellException} when no property can hold it. */
    PropertyValue value(int column);

    /** The value of a {@code TIME} column that is not null, µs since 1970. Throws {@link BadCellException}. */
    long micros(int column);

    /** The value as the source writes it, null for null: to show a row that could not be read. */
    @Nullable
    String text(int column);

    /** How many bytes the source sent for this row. */
    int bytes();
}
