package io.meterline.loader;

import io.meterline.event.Environment;
import io.meterline.event.KeyHash;
import io.meterline.event.Period;
import io.meterline.event.Source;
import io.meterline.store.EventQuery;
import io.meterline.store.EventReader;
import io.meterline.store.EventWriter;
import io.meterline.store.Filter;
import java.util.List;

/** The events that loaders put into the store. */
final class PulledEvents {

    private static final int PAGE = 1_000;

    private final EventReader reader;
    private final EventWriter writer;

    PulledEvents(EventReader reader, EventWriter writer) {
        this.reader = reader;
        this.writer = writer;
    }

    /** Deletes every pulled event of a type and says how many there were. */
    long deleteAll(Environment environment, String eventType) {
        EventQuery query = new EventQuery(
                eventType,
                null,
                null,
                Source.LOADER,
                Period.ALWAYS,
                Period.ALWAYS,
                Filter.NONE,
                EventQuery.Sort.TIMESTAMP,
                false,
                PAGE,
                0,
                null);
        long deleted = 0;
        List<KeyHash> keys;
        do {
            keys = reader.list(environment, query).events().stream()
                    .map(stored -> stored.event().key())
                    .toList();
            deleted += keys.isEmpty() ? 0 : writer.delete(environment, keys).join();
        } while (!keys.isEmpty());
        return deleted;
    }
}
