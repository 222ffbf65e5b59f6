package io.meterline.console;

import org.jspecify.annotations.Nullable;

/**
 * Word of what was done or went wrong, shown for a moment.
 *
 * @param path where to see it, or what takes it back, below {@code /console/<environment>}, or null
 * @param label of the link or button there
 * @param undoes whether {@code path} is posted to and takes back what was done
 */
public record Toast(
        boolean failed,
        String text,
        @Nullable String path,
        @Nullable String label,
        boolean undoes) {

    public static Toast done(String text) {
        return new Toast(false, text, null, null, false);
    }

    public static Toast failed(String text) {
        return new Toast(true, text, null, null, false);
    }

    public Toast with(String label, String path) {
        return new Toast(failed, text, path, label, false);
    }

    /** With a button that posts to {@code path}, where it can be taken back. */
    Toast undo(String path) {
        return new Toast(failed, text, path, "Undo", true);
    }
}
