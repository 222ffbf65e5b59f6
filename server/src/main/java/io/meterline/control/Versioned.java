package io.meterline.control;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A thing that users define, as one of its versions defines it.
 *
 * @param id the same for all versions
 * @param version counted from 1
 * @param definition of this version
 * @param status of the thing, whatever the version
 * @param createdAt when the thing was created
 * @param updatedAt when this version was made
 */
public record Versioned<D>(String id, int version, D definition, Status status, Instant createdAt, Instant updatedAt) {

    /** Whether it is in use. */
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
}
