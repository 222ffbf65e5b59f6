package io.meterline.meter;

/** A formula that cannot be understood. The message says what is wrong and at which column, counted from 1. */
final class FormulaException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    FormulaException(String code, String message) {
        super(message);
        this.code = code;
    }

    String code() {
        return code;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
