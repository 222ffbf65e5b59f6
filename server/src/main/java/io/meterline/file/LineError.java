package io.meterline.file;

import io.meterline.ingest.EventError;

/**
 * Why one record of a file was refused.
 *
 * @param line the line that it begins on, from 1; of a Parquet file the row
 * @param code stable and snake_case; mostly those of pushed events
 * @param path where in the event, as in {@code record.amount}; empty for all of it
 * @param message what is wrong and what to do, for a person
 */
public record LineError(long line, String code, String path, String message) {

    static LineError of(long line, EventError error) {
        return new LineError(line, error.code().text(), error.path(), error.message());
    }
}
