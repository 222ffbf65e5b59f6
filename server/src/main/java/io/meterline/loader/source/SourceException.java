package io.meterline.loader.source;

/**
 * A source database could not be opened or did not do what was asked.
 *
 * <p>The code is stable and snake_case; the message is a sentence for the person who owns the source and holds no
 * secret.
 */
public final class SourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    SourceException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** The message, never null. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
