package io.meterline.access;

import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whoever sent a request: the holder of an API key as far as the key tells, or a person who is signed in.
 *
 * @param id {@code key_…} or {@code usr_…}
 * @param name of the key or the person
 * @param eventsPerSecond how many events it may push a second, null for any number
 */
public record Principal(
        String id,
        @Nullable String name,
        Environment environment,
        Set<Scope> scopes,
        @Nullable Integer eventsPerSecond) {

    private static final String PERSON = "usr_";

    public Principal {
        scopes = Set.copyOf(scopes);
    }

    /** Whether this is a person at the console and not a program with a key. */
    public boolean isPerson() {
        return id.startsWith(PERSON);
    }

    /** Whether the key carries the scope, or {@code admin}, which includes every other. */
    public boolean may(Scope scope) {
        return scopes.contains(scope) || scopes.contains(Scope.ADMIN);
    }

    /** Throws {@code RuleException} {@code insufficient_scope} (403) unless the key {@link #may}. */
    public void require(Scope scope) {
        if (!may(scope)) {
            throw new RuleException(
                    RuleException.Kind.FORBIDDEN,
                    "insufficient_scope",
                    isPerson()
                            ? "Your role does not allow this; an administrator can change it."
                            : "This needs an API key with the scope '%s'; this one carries %s."
                                    .formatted(scope.text(), Scope.join(scopes)));
        }
    }
}
