package io.meterline.access;

import io.meterline.event.Environment;
import io.meterline.event.Period;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the audit log are wanted.
 *
 * @param actorId {@code usr_…} or {@code key_…}; null for any
 * @param environment null for any, and for what belongs to none
 * @param pathPrefix what the path begins with, as in {@code /v1/products}; null for any
 * @param period when it was
 */
public record AuditFilter(
        @Nullable String actorId,
        @Nullable Environment environment,
        @Nullable String pathPrefix,
        Period period) {

    public static final AuditFilter ALL = new AuditFilter(null, null, null, Period.ALWAYS);
}
