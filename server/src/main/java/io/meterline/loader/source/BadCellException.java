package io.meterline.loader.source;

/** A value of a row that no property can hold. The row is set aside with this reason; there may be many, so no trace. */
public final class BadCellException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    public BadCellException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** Stable and snake_case. */
    public String code() {
        return code;
    }

    /** The message, never null. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
