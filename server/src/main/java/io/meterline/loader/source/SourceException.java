package io.meterline.loader.source;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A source database could not be opened or did not do what was asked.
 *
 * <p>The code is stable and snake_case; the message is a sentence for the person who owns the source and holds no
 * secret.
 */
public final class SourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    // Nothing that a person must change first: another try may simply work.
    private static final Set<String> TRANSIENT = Set.of(
            "connection_lost",
            "connection_refused",
            "connection_timeout",
            "host_unreachable",
            "host_unknown",
            "server_starting",
            "source_conflict",
            "too_many_connections");

    private final String code;

    SourceException(String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** True when the same may work in a moment: the network, a restart, a source that is full. */
    public boolean isTransient() {
        return isTransient(code);
    }

    /** The same of the code alone. */
    public static boolean isTransient(String code) {
        return TRANSIENT.contains(code);
    }

    /** The message, never null. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
