package io.meterline.ingest;

import io.meterline.event.Environment;
import java.util.List;

/**
 * The events of a request (or of a part of it), judged one by one; nothing is stored yet.
 *
 * @param body the bytes that the offsets of its events point into; not copied, not to be changed
 * @param events the valid ones, in the order sent
 * @param refused the others, in the order sent
 */
@SuppressWarnings("ArrayRecordComponent") // A view on the request's bytes, never compared.
public record Batch(Environment environment, byte[] body, List<ParsedEvent> events, List<RefusedEvent> refused) {

    public Batch {
        events = List.copyOf(events);
        refused = List.copyOf(refused);
    }

    /** How many events were sent, valid or not. */
    public int size() {
        return events.size() + refused.size();
    }
}
