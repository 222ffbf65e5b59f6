package io.meterline.console;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.meterline.event.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types of events that came so far, counted every few seconds at most. */
public final class EventTypes {

    private static final Duration AGE = Duration.ofSeconds(5);

    private final Cache<Environment, List<EventType>> known =
            Caffeine.newBuilder().expireAfterWrite(AGE).build();

    /** A type, how many records it has now, and what they have. */
    public record EventType(
            String name, long events, @Nullable Instant lastSeen, List<Property> properties) {}

    /** A property and the kinds of value that it came with: text, number, boolean, array. */
    public record Property(String name, List<String> kinds) {}

    private record Listed(List<EventType> data) {}

    /** Those of an environment, by name; the first hundred. */
    public List<EventType> of(Visit visit) {
        return known.get(
                visit.environment(),
                _ -> List.copyOf(visit.api()
                        .get("/v1/event-types?take=100", Listed.class)
                        .data()));
    }

    /** Asks again at the next page. */
    void forget(Environment environment) {
        known.invalidate(environment);
    }

    /** How many records there are of all types. */
    public long events(Visit visit) {
        return of(visit).stream().mapToLong(EventType::events).sum();
    }
}
