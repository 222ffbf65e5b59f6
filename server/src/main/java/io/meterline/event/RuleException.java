package io.meterline.event;

import java.util.List;

/**
 * The caller asked for something that cannot be done: malformed input, a rule broken, a thing that is not there.
 *
 * <p>The message tells a person what to do next. The code is stable and snake_case. Nothing has changed when it is
 * thrown.
 */
public final class RuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String code;
    private final transient List<Violation> violations;

    public RuleException(Kind kind, String code, String message) {
        this(kind, code, message, List.of());
    }

    public RuleException(Kind kind, String code, String message, List<Violation> violations) {
        super(message);
        this.kind = kind;
        this.code = code;
        this.violations = List.copyOf(violations);
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    /** Each thing that is wrong, where it is known in detail; may be empty. */
    public List<Violation> violations() {
        return violations;
    }

    /** The message, never null. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** What sort of fault it is. */
    public enum Kind {
        INVALID,
        UNAUTHENTICATED,
        FORBIDDEN,
        NOT_FOUND,
        CONFLICT,
        TOO_LARGE,
        UNSUPPORTED,
        UNPROCESSABLE,
        RATE_LIMITED,
        OVERLOADED
    }

    /**
     * One thing that is wrong with a request.
     *
     * @param path where, as in {@code record.amount} or {@code filter.fields[0].operator}
     */
    public record Violation(String path, String code, String message) {}
}
