package io.meterline.console;

import org.jspecify.annotations.Nullable;

/**
 * Word of what was done or went wrong, shown for a moment.
 *
 * @param path where to see it, below {@code /console/<environment>}, or null
 * @param label of the link there
 */
public record Toast(
        boolean failed,
        String text,
        @Nullable String path,
        @Nullable String label) {

    public static Toast done(String text) {
        return new Toast(false, text, null, null);
    }

    public static Toast failed(String text) {
        return new Toast(true, text, null, null);
    }

    public Toast with(String label, String path) {
        return new Toast(failed, text, path, label);
    }
}
