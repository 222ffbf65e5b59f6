package io.meterline.store;

/**
 * What the operator sees of a store's inside, at a moment. Counts are since the start of the process.
 *
 * @param accepted events that are durable
 * @param commits syncs of the log, each for all requests that were waiting
 * @param commitNanos time spent in them, ns
 * @param busy groups that were refused because the queue was full
 * @param diskFull groups that were refused because the disk was full
 * @param reopened how often the database failed and was opened anew
 * @param queued events that wait to become durable
 * @param unapplied durable events that do not count in figures yet; a read waits for them
 * @param logBytes size of the log, which a start after a crash reads
 * @param waitingReads reads that wait for a thread
 */
public record StoreFigures(
        long accepted,
        long commits,
        long commitNanos,
        long busy,
        long diskFull,
        long reopened,
        int queued,
        int unapplied,
        long logBytes,
        int waitingReads) {}
