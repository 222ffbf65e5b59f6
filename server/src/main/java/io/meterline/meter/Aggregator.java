package io.meterline.meter;

import io.meterline.control.Status;
import java.time.Instant;

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
        String id, int version, Definition definition, Status status, Instant createdAt, Instant updatedAt) {}
