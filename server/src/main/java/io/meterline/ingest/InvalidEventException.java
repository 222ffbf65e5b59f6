package io.meterline.ingest;

/**
 * A rule on events is broken; {@link #error} says which and where. Thrown for one event and caught for one event, often
 * and in numbers, hence without a stack trace.
 */
public final class InvalidEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient EventError error;

    InvalidEventException(EventError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    InvalidEventException(EventErrorCode code, String path) {
        this(code.at(path));
    }

    public EventError error() {
        return error;
    }

    InvalidEventException under(String parent) {
        return new InvalidEventException(error.under(parent));
    }
}
