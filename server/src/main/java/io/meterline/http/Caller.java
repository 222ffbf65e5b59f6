package io.meterline.http;

import io.meterline.event.Environment;
import java.util.Set;

/** Who calls: a key, its environment and its scopes. */
public record Caller(String keyId, Environment environment, Set<Scope> scopes) {
    public boolean may(Scope scope) {
        return scopes.contains(scope) || scopes.contains(Scope.ADMIN);
    }
}
