package io.meterline.access;

/**
 * Whether events may come in, and the figures of the rate-limit headers.
 *
 * @param limit events a second
 * @param remaining how many may come at once now, 0 or more
 * @param resetSeconds until the full burst is there again, rounded up
 * @param retryAfterSeconds how long to wait, at least 1; 0 when allowed
 */
public record RateDecision(boolean allowed, int limit, long remaining, long resetSeconds, long retryAfterSeconds) {}
