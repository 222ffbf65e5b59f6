package io.meterline.meter;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A meter as one of its versions defines it.
 *
 * @param id {@code agg_…}, the same for all versions
 * @param version counted from 1
 * @param definition of this version
 * @param status of the aggregator, whatever the version
 * @param createdAt when the aggregator was created
 * @param updatedAt when this version was made
 */
public record Aggregator(
        String id, int version, Definition definition, Status status, Instant createdAt, Instant updatedAt) {

    /** Whether it is in use. An archived one keeps answering and cannot be edited. */
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
