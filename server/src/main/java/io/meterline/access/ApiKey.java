package io.meterline.access;

import io.meterline.event.Environment;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An API key as it is shown, without its secret.
 *
 * @param id {@code key_…}
 * @param name null when it was given none
 * @param hint the first and last characters of the secret, to tell keys apart: {@code prod_1a2b…9f0e}
 * @param eventsPerSecond null for any number
 * @param expiresAtMicros from then on it is refused; null for never
 * @param lastUsedAtMicros to within a minute; null when it was never used
 */
public record ApiKey(
        String id,
        Environment environment,
        @Nullable String name,
        String hint,
        Set<Scope> scopes,
        @Nullable Integer eventsPerSecond,
        long createdAtMicros,
        @Nullable Long expiresAtMicros,
        @Nullable Long lastUsedAtMicros) {

    public ApiKey {
        scopes = Set.copyOf(scopes);
    }
}
