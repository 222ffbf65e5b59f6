package io.meterline.loader;

import io.meterline.event.RuleException;

/** The rule on names that people give to connections and loaders. */
final class Names {

    private static final int MAX_LENGTH = 200;

    private Names() {}

    static void check(String name) {
        if (name.isBlank() || name.length() > MAX_LENGTH) {
            throw new RuleException(
                    RuleException.Kind.INVALID, "invalid_name", "name must be a text of 1 to 200 characters.");
        }
    }
}
