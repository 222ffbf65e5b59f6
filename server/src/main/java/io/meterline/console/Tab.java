package io.meterline.console;

import org.jspecify.annotations.Nullable;

/** A view of the same thing beside others. {@code count} is text as it is shown. */
public record Tab(
        String label,
        String href,
        boolean current,
        @Nullable String count) {
    public static Tab of(String label, String href, boolean current) {
        return new Tab(label, href, current, null);
    }
}
