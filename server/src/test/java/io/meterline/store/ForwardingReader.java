package io.meterline.store;

import io.meterline.event.Environment;
import io.meterline.event.KeyHash;
import java.util.List;
import java.util.Optional;

/** Asks another reader; what is overridden is answered otherwise. */
public abstract class ForwardingReader implements EventReader {

    private final EventReader events;

    protected ForwardingReader(EventReader events) {
        this.events = events;
    }

    @Override
    public UsageResult usage(Environment environment, UsageQuery query) {
        return events.usage(environment, query);
    }

    @Override
    public void amounts(Environment environment, UsageQuery query, EventAmounts.Sink sink) {
        events.amounts(environment, query, sink);
    }

    @Override
    public Optional<StoredEvent> find(Environment environment, KeyHash key) {
        return events.find(environment, key);
    }

    @Override
    public EventPage list(Environment environment, EventQuery query) {
        return events.list(environment, query);
    }

    @Override
    public void scan(Environment environment, EventScan scan, EventScan.Sink sink) {
        events.scan(environment, scan, sink);
    }

    @Override
    public List<EventTypeSummary> eventTypes(Environment environment) {
        return events.eventTypes(environment);
    }
}
