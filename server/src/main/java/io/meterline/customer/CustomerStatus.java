package io.meterline.customer;

import io.meterline.event.RuleException;
import java.util.Arrays;
import java.util.Locale;

/** Where a customer stands. */
public enum CustomerStatus {
    /** Made or confirmed by a person. */
    ACTIVE,
    /** Made because an event named it; pending until someone confirms it. */
    AUTOMATICALLY_CREATED,
    /** No longer in use. Its events are accepted and counted all the same. */
    ARCHIVED;

    /** The name in the API and in the database. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status with this text. Throws {@code RuleException} {@code invalid_status} for any other. */
    public static CustomerStatus of(String text) {
        return Arrays.stream(values())
                .filter(status -> status.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new RuleException(
                        RuleException.Kind.INVALID,
                        "invalid_status",
                        "status must be active, automatically_created or archived, not %s.".formatted(text)));
    }
}
