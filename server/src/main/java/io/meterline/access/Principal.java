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

    /** Throws {@code RuleException} {@code missing_scope} (403) when the key does not carry the scope. */
    public void require(Scope scope) {
        if (!scopes.contains(scope)) {
            throw new RuleException(
                    RuleException.Kind.FORBIDDEN,
                    "missing_scope",
                    "This needs an API key with the scope %s; this one carries %s."
                            .formatted(scope.text(), Scope.join(scopes)));
        }
    }
}
