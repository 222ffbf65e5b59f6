package io.meterline.access;

import io.meterline.event.RuleException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** What a person may do at the console, each role more than the one before. */
public enum Role {
    /** Sees everything but keys and people. */
    VIEWER,
    /** Creates and changes everything but keys, people and settings. */
    EDITOR,
    /** Everything, also what cannot be undone. */
    ADMIN;

    /** What an API key would carry to be allowed the same. */
    public Set<Scope> scopes() {
        return switch (this) {
            case VIEWER -> Set.of(Scope.READ);
            case EDITOR -> Set.of(Scope.READ, Scope.WRITE, Scope.INGEST);
            case ADMIN -> Scope.ALL;
        };
    }

    /** Whether this role may do all that the other may. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** The name in the database and at the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role with this {@link #text()}. Throws {@code RuleException} {@code invalid_role} for any other text. */
    public static Role of(String text) {
        return Arrays.stream(values())
                .filter(role -> role.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new RuleException(
                        RuleException.Kind.INVALID,
                        "invalid_role",
                        "The role is viewer, editor or admin, not %s.".formatted(text)));
    }
}
