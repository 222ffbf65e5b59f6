package io.meterline.ingest;

import io.meterline.event.Event;

/**
 * A valid event and where it stands in the bytes it was read from.
 *
 * @param index its place in the request, from 0
 * @param event the event, for customer 0 until {@link #of} says which
 * @param customer the customer's id as sent: ours or the company's own
 * @param start offset of its first byte
 * @param end offset behind its last byte
 * @param recordStart offset of the first byte of its record
 * @param recordEnd offset behind the last byte of its record
 */
public record ParsedEvent(int index, Event event, String customer, int start, int end, int recordStart, int recordEnd) {

    /** The event of the customer with this number. */
    public Event of(long customerNumber) {
        return new Event(
                event.key(),
                event.eventType(),
                customerNumber,
                event.timestampMicros(),
                event.version(),
                event.replace(),
                event.source(),
                event.recordId(),
                event.idIsNumber(),
                event.properties());
    }

    RefusedEvent refused(EventError error) {
        return new RefusedEvent(index, error, start, end, event.eventType(), customer);
    }
}
