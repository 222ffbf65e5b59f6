package io.meterline.loader;

import org.jspecify.annotations.Nullable;

/**
 * Something that a preview looked at.
 *
 * @param name stable and snake_case
 * @param message what was found
 * @param hint what to change, null when nothing needs to
 */
public record Check(
        String name, boolean ok, String message, @Nullable String hint) {

    static Check passed(String name, String message) {
        return new Check(name, true, message, null);
    }

    static Check failed(String name, String message, String hint) {
        return new Check(name, false, message, hint);
    }
}
