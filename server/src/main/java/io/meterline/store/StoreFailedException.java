package io.meterline.store;

/** The engine could not do its work: a full or failing disk, a database that would not open. */
public final class StoreFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
