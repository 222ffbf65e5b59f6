package io.meterline.file;

import io.meterline.event.PropertyValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a file row by row. For one platform thread: {@link #begin}, rows, {@link #end}; then, or after a failure, close. */
interface TableWriter extends AutoCloseable {

    void begin(List<TableColumn> columns) throws IOException;

    /** As many cells as there are columns, null where there is nothing. */
    void row(List<? extends @Nullable PropertyValue> cells) throws IOException;

    void end() throws IOException;

    @Override
    void close() throws IOException;

    /**
     * A writer of a type of file.
     *
     * @param scratch a folder that does not exist, for what the file needs to be made
     */
    static TableWriter of(FileType type, OutputStream out, Path scratch) {
        return switch (type) {
            case CSV -> new CsvTable(out);
            case NDJSON -> new JsonTable(out);
            case PARQUET -> new ParquetTable(out, scratch);
        };
    }
}
