package io.meterline.billing.simulation;

import io.meterline.event.Environment;
import io.meterline.store.EventReader;
import io.meterline.store.ForwardingReader;
import io.meterline.store.UsageQuery;
import io.meterline.store.UsageResult;
import java.util.function.Consumer;

/** A store that lets somebody look at each question for usage before it is answered, and hold it up or refuse it. */
final class GuardedReader extends ForwardingReader {

    private volatile Consumer<UsageQuery> guard = _ -> {};

    GuardedReader(EventReader events) {
        super(events);
    }

    /** What happens before each answer. */
    void before(Consumer<UsageQuery> each) {
        guard = each;
    }

    @Override
    public UsageResult usage(Environment environment, UsageQuery query) {
        guard.accept(query);
        return super.usage(environment, query);
    }
}
