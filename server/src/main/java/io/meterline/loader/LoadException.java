package io.meterline.loader;

/** A run cannot go on. The code is stable and snake_case, the message for the person who owns the loader. */
final class LoadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    LoadException(String code, String message) {
        super(message);
        this.code = code;
    }

    RunState.RunError error() {
        return new RunState.RunError(code, String.valueOf(getMessage()));
    }
}
