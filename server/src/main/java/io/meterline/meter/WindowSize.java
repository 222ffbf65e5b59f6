package io.meterline.meter;

import java.util.Locale;
import java.util.Optional;

/** The length of a window, as the calendar and clock of a time zone give it. */
public enum WindowSize {
    HOUR,
    DAY,
    /** Begins on Monday. */
    WEEK,
    MONTH;

    /** The name in the API. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<WindowSize> of(String text) {
        for (WindowSize size : values()) {
            if (size.text().equals(text)) {
                return Optional.of(size);
            }
        }
        return Optional.empty();
    }
}
