package io.meterline.config;

import java.time.Duration;

/** The range checks that the records of the tree share. */
final class Checks {
    private Checks() {}

    static void range(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new SettingsException(key, "must be from %d to %d, not %d".formatted(least, most, value));
        }
    }

    static void range(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new SettingsException(key, "must be from %s to %s, not %s".formatted(least, most, value));
        }
    }
}
