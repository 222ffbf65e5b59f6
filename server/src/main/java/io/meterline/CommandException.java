package io.meterline;

/** A command cannot do what it was asked; the message says so to the person at the terminal. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(message);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
