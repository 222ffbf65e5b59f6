package io.meterline.access;

import io.meterline.event.RuleException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a key shall be.
 *
 * <p>Throws {@code RuleException}: {@code invalid_name}, {@code missing_scopes}.
 *
 * @param name 1..100 characters, or null; two keys may share one, so that the first can be replaced by the second
 * @param scopes at least one
 * @param expiresAtMicros null for never
 * @param rate null for the default of the environment
 */
public record NewApiKey(
        @Nullable String name,
        Set<Scope> scopes,
        @Nullable Long expiresAtMicros,
        @Nullable EventRate rate) {

    private static final int MAX_NAME = 100;

    public NewApiKey {
        scopes = Set.copyOf(scopes);
        if (name != null && (name.isBlank() || name.length() > MAX_NAME)) {
            throw new RuleException(
                    RuleException.Kind.INVALID, "invalid_name", "name must be 1 to 100 characters, or left out.");
        }
        if (scopes.isEmpty()) {
            throw new RuleException(
                    RuleException.Kind.INVALID,
                    "missing_scopes",
                    "scopes must hold at least one of ingest, read, write and admin.");
        }
    }
}
