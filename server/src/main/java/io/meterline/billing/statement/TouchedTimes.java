package io.meterline.billing.statement;

import io.meterline.customer.CustomerDirectory;
import io.meterline.customer.CustomerRef;
import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.store.EventReader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Finds out where figures would change if events were pushed: at their times, and at those of what they replace. */
final class TouchedTimes {

    private final EventReader events;
    private final CustomerDirectory directory;

    TouchedTimes(EventReader events, CustomerDirectory directory) {
        this.events = events;
        this.directory = directory;
    }

    /** Times in µs by the number of the customer that they count for now. */
    Map<Long, Set<Long>> of(Environment environment, List<Event> pushed) {
        Map<Long, Set<Long>> touched = new HashMap<>();
        for (Event event : pushed) {
            add(touched, event);
            events.find(environment, event.key()).ifPresent(stored -> add(touched, stored.event()));
        }
        Map<Long, CustomerRef> customers = directory.byNumber(touched.keySet());
        Map<Long, Set<Long>> counted = new LinkedHashMap<>();
        touched.forEach((number, times) -> counted.computeIfAbsent(
                        Objects.requireNonNull(customers.get(number)).canonicalNumber(), _ -> new TreeSet<>())
                .addAll(times));
        return counted;
    }

    private static void add(Map<Long, Set<Long>> touched, Event event) {
        touched.computeIfAbsent(event.customer(), _ -> new TreeSet<>()).add(event.timestampMicros());
    }
}
