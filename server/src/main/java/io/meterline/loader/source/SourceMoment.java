package io.meterline.loader.source;

import org.jspecify.annotations.Nullable;

/**
 * The state of a source just before a query: its clock, and what it tells of transactions that have not committed yet.
 *
 * <p>Rows of an open transaction cannot be seen, and may carry an older time or a smaller number than rows that can. A
 * cursor must not pass them; these values say how far it may go.
 *
 * @param nowMicros the source's own clock, µs since 1970
 * @param openSinceMicros a time of that clock such that every transaction which the query will not see began at it or
 *     later; null when the source does not tell
 * @param oldestOpen a number that no open transaction's is below; null when the source does not number them
 */
public record SourceMoment(
        long nowMicros,
        @Nullable Long openSinceMicros,
        @Nullable Long oldestOpen) {

    /** A source that only tells the time. */
    public static SourceMoment at(long nowMicros) {
        return new SourceMoment(nowMicros, null, null);
    }
}
