package io.meterline.store;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.KeyHash;
import io.meterline.event.Property;
import io.meterline.event.PropertyValue;
import io.meterline.event.Source;
import io.meterline.event.Timestamps;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the store and nothing else: everything in memory, every answer computed from all events, every number
 * exact. It is the truth that engines are compared with.
 *
 * <p>Closing does nothing, so that a test can go on with the same store where an engine would be opened again.
 */
public final class ReferenceEventStore implements EventStore {

    private static final int MAX_EVENT_TYPES = 1_000;
    private static final int MAX_COLUMNS = 500;

    private final InstantSource clock;
    private final Map<Environment, World> worlds = new EnumMap<>(Environment.class);
    private long lastSequence;

    public ReferenceEventStore(InstantSource clock) {
        this.clock = clock;
        for (Environment environment : Environment.values()) {
            worlds.put(environment, new World(new LinkedHashMap<>(), new TreeMap<>()));
        }
    }

    /** Another store with the same records, that goes its own way. */
    synchronized ReferenceEventStore copy() {
        ReferenceEventStore copy = new ReferenceEventStore(clock);
        worlds.forEach((environment, world) -> copy.world(environment).records().putAll(world.records()));
        copy.lastSequence = lastSequence;
        return copy;
    }

    @Override
    public synchronized @Nullable Limit admit(Environment environment, Event event) {
        Map<String, Map<String, Set<EventTypeSummary.Kind>>> types =
                world(environment).types();
        if (!types.containsKey(event.eventType()) && types.size() >= MAX_EVENT_TYPES) {
            return Limit.TOO_MANY_EVENT_TYPES;
        }
        Map<String, Set<EventTypeSummary.Kind>> properties = new HashMap<>();
        types.getOrDefault(event.eventType(), Map.of()).forEach((name, kinds) -> properties.put(name, copy(kinds)));
        for (Property property : event.properties()) {
            Set<EventTypeSummary.Kind> kinds = properties.computeIfAbsent(property.name(), _ -> copy(Set.of()));
            kind(property.value()).ifPresent(kinds::add);
        }
        int columns = properties.values().stream()
                .mapToInt(kinds -> Math.max(1, kinds.size()))
                .sum();
        if (columns > MAX_COLUMNS) {
            return Limit.TOO_MANY_PROPERTIES;
        }
        types.put(event.eventType(), properties);
        return null;
    }

    @Override
    public synchronized Receipt append(Environment environment, List<Event> events) {
        long now = Timestamps.micros(clock.instant());
        Outcome outcome = Outcome.NONE;
        for (Event event : events) {
            lastSequence++;
            outcome = outcome.plus(apply(world(environment).records(), new StoredEvent(event, lastSequence, now)));
        }
        return new Receipt(CompletableFuture.completedFuture(null), CompletableFuture.completedFuture(outcome));
    }

    private static Outcome apply(Map<KeyHash, StoredEvent> records, StoredEvent incoming) {
        Event event = incoming.event();
        StoredEvent stored = records.get(event.key());
        if (stored == null) {
            records.put(event.key(), incoming);
            return new Outcome(1, 0, 0, 0, 0);
        }
        long storedVersion = stored.event().version();
        if (!event.replace() && event.version() < storedVersion) {
            return new Outcome(0, 0, 1, 0, 0);
        }
        boolean pulled = event.source() == Source.LOADER;
        if (pulled && event.version() == storedVersion) {
            records.put(event.key(), incoming);
            return new Outcome(0, 0, 0, 0, 1);
        }
        if (pulled && saysTheSame(event, stored.event())) {
            // The record is as current as this load, but nothing happened to it: it keeps its place and its time.
            records.put(event.key(), new StoredEvent(event, stored.sequence(), stored.ingestedAtMicros()));
            return new Outcome(0, 0, 0, 1, 0);
        }
        records.put(event.key(), incoming);
        return new Outcome(0, 1, 0, 0, 0);
    }

    private static boolean saysTheSame(Event one, Event other) {
        return one.customer() == other.customer()
                && one.timestampMicros() == other.timestampMicros()
                && one.recordId().equals(other.recordId())
                && one.idIsNumber() == other.idIsNumber()
                && Set.copyOf(one.properties()).equals(Set.copyOf(other.properties()));
    }

    @Override
    public synchronized CompletableFuture<Integer> delete(Environment environment, List<KeyHash> keys) {
        int removed = 0;
        for (KeyHash key : new LinkedHashSet<>(keys)) {
            removed += world(environment).records().remove(key) == null ? 0 : 1;
        }
        return CompletableFuture.completedFuture(removed);
    }

    @Override
    public synchronized Optional<StoredEvent> find(Environment environment, KeyHash key) {
        return Optional.ofNullable(world(environment).records().get(key));
    }

    @Override
    public synchronized EventPage list(Environment environment, EventQuery query) {
        Comparator<StoredEvent> rising = Comparator.<StoredEvent>comparingLong(it -> sortValue(query.sort(), it))
                .thenComparingLong(StoredEvent::sequence);
        List<StoredEvent> matching = world(environment).records().values().stream()
                .filter(it -> matches(query, it))
                .sorted(query.descending() ? rising.reversed() : rising)
                .toList();
        List<StoredEvent> page = matching.stream()
                .filter(it -> isBehind(query, it))
                .skip(query.skip())
                .limit(query.take())
                .toList();
        return new EventPage(page, matching.size());
    }

    @Override
    public synchronized void scan(Environment environment, EventScan scan, EventScan.Sink sink) {
        Map<String, Set<EventTypeSummary.Kind>> properties = new TreeMap<>();
        world(environment).types().forEach((type, ofType) -> {
            if (scan.eventType() == null || scan.eventType().equals(type)) {
                ofType.forEach((name, kinds) ->
                        properties.computeIfAbsent(name, _ -> copy(Set.of())).addAll(kinds));
            }
        });
        sink.begin(properties);
        EventQuery query = new EventQuery(
                scan.eventType(),
                scan.customers(),
                null,
                scan.source(),
                scan.timestamps(),
                scan.ingested(),
                scan.filter(),
                EventQuery.Sort.TIMESTAMP,
                false,
                1,
                0,
                null);
        world(environment).records().values().stream()
                .filter(it -> matches(query, it))
                .forEach(sink::accept);
        sink.end();
    }

    private static boolean matches(EventQuery query, StoredEvent stored) {
        Event event = stored.event();
        return (query.eventType() == null || query.eventType().equals(event.eventType()))
                && (query.customers() == null || query.customers().contains(event.customer()))
                && (query.recordIds() == null || query.recordIds().contains(event.recordId()))
                && (query.source() == null || query.source() == event.source())
                && query.timestamps().contains(event.timestampMicros())
                && query.ingested().contains(stored.ingestedAtMicros())
                && ReferenceFilter.holds(query.filter(), event)
                && (query.counted() == null
                        || ReferenceReading.of(query.counted(), stored).isCounted());
    }

    private static boolean isBehind(EventQuery query, StoredEvent stored) {
        EventQuery.Position after = query.after();
        if (after == null) {
            return true;
        }
        int byTime = Long.compare(sortValue(query.sort(), stored), after.sortValue());
        int place = byTime != 0 ? byTime : Long.compare(stored.sequence(), after.sequence());
        return query.descending() ? place < 0 : place > 0;
    }

    private static long sortValue(EventQuery.Sort sort, StoredEvent stored) {
        return switch (sort) {
            case TIMESTAMP -> stored.event().timestampMicros();
            case INGESTED_AT -> stored.ingestedAtMicros();
        };
    }

    @Override
    public synchronized List<EventTypeSummary> eventTypes(Environment environment) {
        return world(environment).types().entrySet().stream()
                .map(it -> summary(environment, it.getKey(), it.getValue()))
                .filter(it -> it.events() > 0 || !it.properties().isEmpty())
                .toList();
    }

    private EventTypeSummary summary(
            Environment environment, String name, Map<String, Set<EventTypeSummary.Kind>> properties) {
        List<Long> times = world(environment).records().values().stream()
                .filter(it -> it.event().eventType().equals(name))
                .map(it -> it.event().timestampMicros())
                .sorted()
                .toList();
        return new EventTypeSummary(
                name,
                times.size(),
                times.isEmpty() ? null : times.getFirst(),
                times.isEmpty() ? null : times.getLast(),
                properties.entrySet().stream()
                        .map(it -> new EventTypeSummary.PropertySummary(it.getKey(), it.getValue()))
                        .toList());
    }

    @Override
    public synchronized UsageResult usage(Environment environment, UsageQuery query) {
        return ReferenceUsage.answer(records(environment, query.whatIf()), query);
    }

    @Override
    public synchronized void amounts(Environment environment, UsageQuery query, EventAmounts.Sink sink) {
        ReferenceUsage.amounts(records(environment, query.whatIf()), query, sink);
    }

    /** The current versions as they would be after these events. */
    private Collection<StoredEvent> records(Environment environment, List<Event> whatIf) {
        if (whatIf.isEmpty()) {
            return world(environment).records().values();
        }
        Map<KeyHash, StoredEvent> records =
                new LinkedHashMap<>(world(environment).records());
        long sequence = lastSequence;
        for (Event event : whatIf) {
            sequence++;
            apply(records, new StoredEvent(event, sequence, Timestamps.micros(clock.instant())));
        }
        return records.values();
    }

    @Override
    public Health health() {
        return new Health(true, "keeps everything in memory");
    }

    @Override
    public void purge() {}

    @Override
    public StoreFigures figures() {
        return new StoreFigures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Override
    public void close() {}

    private World world(Environment environment) {
        World world = worlds.get(environment);
        if (world == null) {
            throw new IllegalStateException("every environment has a world");
        }
        return world;
    }

    private static Set<EventTypeSummary.Kind> copy(Set<EventTypeSummary.Kind> kinds) {
        Set<EventTypeSummary.Kind> copy = EnumSet.noneOf(EventTypeSummary.Kind.class);
        copy.addAll(kinds);
        return copy;
    }

    private static Optional<EventTypeSummary.Kind> kind(PropertyValue value) {
        return switch (value) {
            case PropertyValue.Text _ -> Optional.of(EventTypeSummary.Kind.TEXT);
            case PropertyValue.Number _ -> Optional.of(EventTypeSummary.Kind.NUMBER);
            case PropertyValue.Bool _ -> Optional.of(EventTypeSummary.Kind.BOOLEAN);
            case PropertyValue.Array _ -> Optional.of(EventTypeSummary.Kind.ARRAY);
            case PropertyValue.Null _ -> Optional.empty();
        };
    }

    /** One environment: current versions by key, and properties with their kinds by event type. */
    private record World(
            Map<KeyHash, StoredEvent> records, Map<String, Map<String, Set<EventTypeSummary.Kind>>> types) {}
}
