package io.meterline.ingest;

import io.meterline.event.Environment;
import io.meterline.event.Source;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many events came in, and how many were refused for what, since the start of the process. */
public final class IngestCounts {

    private record From(Environment environment, Source source) {}

    private final Map<From, LongAdder> accepted = new ConcurrentHashMap<>();
    private final Map<EventErrorCode, LongAdder> refused = new ConcurrentHashMap<>();

    /** Events of an environment and a source that are durable. */
    public long accepted(Environment environment, Source source) {
        LongAdder count = accepted.get(new From(environment, source));
        return count == null ? 0 : count.sum();
    }

    /** Events that were refused with a code. */
    public long refused(EventErrorCode code) {
        LongAdder count = refused.get(code);
        return count == null ? 0 : count.sum();
    }

    void accepted(Environment environment, Source source, int events) {
        accepted.computeIfAbsent(new From(environment, source), _ -> new LongAdder())
                .add(events);
    }

    void refused(List<RefusedEvent> events) {
        for (RefusedEvent event : events) {
            refused.computeIfAbsent(event.error().code(), _ -> new LongAdder()).increment();
        }
    }
}
