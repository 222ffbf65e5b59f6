package io.meterline.ingest;

import io.meterline.customer.Resolution;
import java.util.List;

/**
 * What became of a batch: every event stands in one of the two lists.
 *
 * @param created durable, in the order sent
 * @param failed refused, in the order sent
 */
public record Pushed(Batch batch, List<Created> created, List<RefusedEvent> failed) {

    public Pushed {
        created = List.copyOf(created);
        failed = List.copyOf(failed);
    }

    /** A durable event and the customer it was accepted for. */
    public record Created(ParsedEvent parsed, Resolution.Resolved customer) {}
}
