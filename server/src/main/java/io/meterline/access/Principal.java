package io.meterline.access;

import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whoever sent a request, as far as its key tells.
 *
 * @param keyId {@code key_…}
 * @param eventsPerSecond how many events it may push a second, null for any number
 */
public record Principal(
        String keyId,
        @Nullable String name,
        Environment environment,
        Set<Scope> scopes,
        @Nullable Integer eventsPerSecond) {

    public Principal {
        scopes = Set.copyOf(scopes);
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
                    "This needs an API key with the scope '%s'; this one carries %s."
                            .formatted(scope.text(), Scope.join(scopes)));
        }
    }
}
