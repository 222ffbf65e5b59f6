package io.meterline.billing.simulation;

import io.meterline.event.Environment;
import io.meterline.event.KeyHash;
import io.meterline.store.EventAmounts;
import io.meterline.store.EventPage;
import io.meterline.store.EventQuery;
import io.meterline.store.EventReader;
import io.meterline.store.EventScan;
import io.meterline.store.EventTypeSummary;
import io.meterline.store.StoredEvent;
import io.meterline.store.UsageQuery;
import io.meterline.store.UsageResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A store that lets somebody look at each question for usage before it is answered, and hold it up or refuse it. */
final class GuardedReader implements EventReader {

    private final EventReader events;
    private volatile Consumer<UsageQuery> guard = _ -> {};

    GuardedReader(EventReader events) {
        this.events = events;
    }

    /** What happens before each answer. */
    void before(Consumer<UsageQuery> each) {
        guard = each;
    }

    @Override
    public UsageResult usage(Environment environment, UsageQuery query) {
        guard.accept(query);
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
