package io.meterline.billing.statement;

import io.meterline.event.Environment;
import io.meterline.store.EventReader;
import io.meterline.store.ForwardingReader;
import io.meterline.store.StoreFailedException;
import io.meterline.store.UsageQuery;
import io.meterline.store.UsageResult;

/** A store that breaks off some questions later, in the middle of what is being worked out. */
final class BreakingReader extends ForwardingReader {

    private int left = Integer.MAX_VALUE;
    private Runnable meanwhile = () -> {};

    BreakingReader(EventReader events) {
        super(events);
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
        UsageResult result = super.usage(environment, query);
        Runnable work = meanwhile;
        meanwhile = () -> {};
        work.run();
        return result;
    }
}
