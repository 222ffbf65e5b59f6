package io.meterline.billing.statement;

import io.meterline.event.Environment;
import io.meterline.event.KeyHash;
import io.meterline.store.EventAmounts;
import io.meterline.store.EventPage;
import io.meterline.store.EventQuery;
import io.meterline.store.EventReader;
import io.meterline.store.EventScan;
import io.meterline.store.EventTypeSummary;
import io.meterline.store.StoreFailedException;
import io.meterline.store.StoredEvent;
import io.meterline.store.UsageQuery;
import io.meterline.store.UsageResult;
import java.util.List;
import java.util.Optional;

/** A store that breaks off some questions later, in the middle of what is being worked out. */
final class BreakingReader implements EventReader {

    private final EventReader events;
    private int left = Integer.MAX_VALUE;
    private Runnable meanwhile = () -> {};

    BreakingReader(EventReader events) {
        this.events = events;
    }

    /** Answers so many more questions, then fails until {@link #mend}. */
    void breakAfter(int questions) {
        left = questions;
    }

    /** Does something while the next question is answered: what it changes comes after the figures. */
    void meanwhile(Runnable work) {
        meanwhile = work;
    }

    void mend() {
        left = Integer.MAX_VALUE;
    }

    @Override
    public UsageResult usage(Environment environment, UsageQuery query) {
        if (left-- <= 0) {
            throw new StoreFailedException("broken on purpose", new IllegalStateException());
        }
        UsageResult result = events.usage(environment, query);
        Runnable work = meanwhile;
        meanwhile = () -> {};
        work.run();
        return result;
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
