package io.meterline.file;

/**
 * A file cannot be read any further: it is no file of its type, or lacks a column. Goes into the {@code error} of its
 * import.
 */
final class FileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    FileException(String code, String message) {
        super(message);
        this.code = code;
    }

    FileException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Stable and snake_case. */
    String code() {
        return code;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
