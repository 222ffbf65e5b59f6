package io.meterline.store;

/** The store takes nothing at the moment. The caller may try again after a second; nothing was taken. */
public final class OverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why nothing is taken. */
    public enum Reason {
        /** A bounded queue is full. */
        BUSY("overloaded"),
        /** The disk has no room for more. */
        DISK_FULL("disk_full"),
        /** The database failed and is being opened anew. */
        UNAVAILABLE("store_unavailable");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** The code of the error in the API. */
        public String code() {
            return code;
        }
    }

    /** A full queue. */
    public OverloadedException(String message) {
        this(Reason.BUSY, message);
    }

    public OverloadedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** What to do, for the caller. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
