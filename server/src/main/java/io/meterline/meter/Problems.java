package io.meterline.meter;

import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.RuleException.Violation;
import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with a request, gathered so that one answer names all of it. */
public final class Problems {

    /** After so many the rest is left unsaid. */
    private static final int MAX = 100;

    private final List<Violation> violations = new ArrayList<>();

    /** One more, unless there are too many already. */
    public void add(String path, String code, String message) {
        if (violations.size() < MAX) {
            violations.add(new Violation(path, code, message));
        }
    }

    /** Throws when something was added. */
    public void throwIfAny() {
        if (!violations.isEmpty()) {
            throw exception();
        }
    }

    /** What was added, in that order. */
    public List<Violation> violations() {
        return List.copyOf(violations);
    }

    /** All of it; the answer carries the code of the first. */
    RuleException exception() {
        Violation first = violations.getFirst();
        String message = first.path() + ": " + first.message() + ".";
        return new RuleException(Kind.INVALID, first.code(), message, violations);
    }

    static RuleException invalid(String path, String code, String message) {
        return new RuleException(Kind.INVALID, code, message, List.of(new Violation(path, code, message)));
    }
}
