package io.meterline.file;

import java.io.IOException;
import java.nio.file.Path;

/** The records of a file, one after another, in constant memory. For one thread. */
interface RecordSource extends AutoCloseable {

    /** Adds the next record to the chunk; false at the end. Throws {@link FileException} when it cannot go on. */
    boolean next(Chunk chunk) throws IOException;

    /** How much of the file was read, 0 to 100. */
    int percent();

    @Override
    void close() throws IOException;

    /** Opens a file at its first record. Throws {@link FileException}. */
    static RecordSource open(FileType type, Path file) throws IOException {
        return switch (type) {
            case CSV -> CsvRecords.open(file);
            case NDJSON -> NdjsonRecords.open(file);
            case PARQUET -> ParquetRecords.open(file);
        };
    }
}
