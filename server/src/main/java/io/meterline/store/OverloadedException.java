package io.meterline.store;

/** The store's bounded queue is full. The caller may try again after a second; nothing was taken. */
public final class OverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OverloadedException(String message) {
        super(message);
    }
}
