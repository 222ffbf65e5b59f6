package io.meterline.access;

/**
 * A line of the audit log.
 *
 * @param number in the order of writing; not shown
 * @param id {@code aud_…}
 * @param change its path decoded, its texts cut where they were too long
 * @param erased whether before and after went with the personal data of a customer
 */
public record AuditEntry(long number, String id, long atMicros, AuditChange change, boolean erased) {}
