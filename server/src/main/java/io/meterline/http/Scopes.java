package io.meterline.http;

import io.meterline.access.Principal;
import io.meterline.access.Scope;

/** What a key may do: what its scopes say, and everything with the scope {@code admin}. */
final class Scopes {
    private Scopes() {}

    static boolean allow(Principal principal, Scope scope) {
        return principal.scopes().contains(scope) || principal.scopes().contains(Scope.ADMIN);
    }
}
