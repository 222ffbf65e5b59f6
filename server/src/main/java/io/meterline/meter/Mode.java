package io.meterline.meter;

import java.util.Locale;

/** Which events count by their time (product rules, "Versions"). */
public enum Mode {
    /** Those dated within a period: usage that happens. */
    PERIOD,
    /** All current records dated before a moment: things that there are. */
    ALL_TIME;

    /** The name in the API. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
