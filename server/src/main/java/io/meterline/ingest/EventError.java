package io.meterline.ingest;

/**
 * Why one event was refused.
 *
 * @param path where in the event, as in {@code record.amount} or {@code record.tags[2]}; empty for all of it
 * @param message what is wrong and what to do, for a person
 */
public record EventError(EventErrorCode code, String path, String message) {

    /** The same fault seen from one level further out: a path {@code id} under {@code record} is {@code record.id}. */
    EventError under(String parent) {
        String joined = path.isEmpty() || path.startsWith("[") ? parent + path : parent + "." + path;
        return new EventError(code, joined, message);
    }
}
