package io.meterline.store;

import io.meterline.event.Period;
import io.meterline.event.Source;
import io.meterline.store.EventTypeSummary.Kind;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events to read all of.
 *
 * @param eventType null for all types
 * @param customers customer numbers, null for all customers
 * @param source null for all sources
 * @param timestamps when the usage happened
 * @param ingested when the events were accepted
 * @param filter on properties
 */
public record EventScan(
        @Nullable String eventType,
        @Nullable Set<Long> customers,
        @Nullable Source source,
        Period timestamps,
        Period ingested,
        Filter filter) {

    /** Every event. */
    public static final EventScan ALL = new EventScan(null, null, null, Period.ALWAYS, Period.ALWAYS, Filter.NONE);

    /** Takes the events of a scan, on a thread of the store. What it throws ends the scan. */
    public interface Sink {

        /**
         * Comes once, before the first event.
         *
         * @param properties all that the types have, and the kinds of their values; some may be in no event
         */
        void begin(Map<String, Set<Kind>> properties);

        void accept(StoredEvent event);

        /** Comes once, behind the last event, on the same thread. */
        void end();
    }
}
