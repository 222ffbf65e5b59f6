package io.meterline.console;

import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API refused. */
public final class ApiFault extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ApiFault(Problem problem) {
        super(problem.code() + ": " + problem.detail());
        this.problem = problem;
    }

    /** What the API said (RFC 9457). */
    record Problem(
            int status,
            String title,
            String code,
            String detail,
            @Nullable List<Violation> errors) {}

    /** Why one field was refused. {@code path} is a JSON path such as {@code prices[0].tiers[1].up_to}. */
    public record Violation(String path, String code, String message) {}

    public int status() {
        return problem.status();
    }

    public String code() {
        return problem.code();
    }

    public String detail() {
        return problem.detail();
    }

    public String title() {
        return problem.title();
    }

    public List<Violation> errors() {
        List<Violation> errors = problem.errors();
        return errors == null ? List.of() : errors;
    }
}
