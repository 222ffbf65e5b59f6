package io.meterline.store.log;

/**
 * A change at its place in the order of acceptance.
 *
 * @param firstSequence sequence of the first thing in the change; the others follow without gaps
 * @param acceptedAtMicros when it was accepted, µs since 1970
 */
public record Frame(long firstSequence, long acceptedAtMicros, Change change) {

    public long lastSequence() {
        return firstSequence + change.size() - 1;
    }
}
