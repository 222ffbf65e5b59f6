package io.meterline.control;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether something that users define is in use. An archived one is kept and cannot be edited. */
public enum Status {
    ACTIVE,
    ARCHIVED;

    /** The name in the API and in the database. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status with this {@link #text()}. */
    public static Optional<Status> of(String text) {
        return Arrays.stream(values())
                .filter(status -> status.text().equals(text))
                .findFirst();
    }
}
