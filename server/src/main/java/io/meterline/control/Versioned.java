package io.meterline.control;

import java.time.Instant;

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
public record Versioned<D>(String id, int version, D definition, Status status, Instant createdAt, Instant updatedAt) {}
