package io.meterline.store.duckdb;

import static io.meterline.store.TestEvents.event;
import static io.meterline.store.TestEvents.micros;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.KeyHash;
import io.meterline.store.EventWriter.Outcome;
import io.meterline.store.StoredEvent;
import io.meterline.store.TestListing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Writes random groups, one after the other, and knows what the store holds after each of them. */
final class GroupHistory {

    private static final String TYPE = "sales";
    private static final int IDS = 120;

    private final Random random;
    private final List<Map<String, String>> states = new ArrayList<>(List.of(Map.of()));
    private final Map<String, Event> current = new TreeMap<>();
    private final Map<String, Event> everSeen = new HashMap<>();

    GroupHistory(long seed) {
        this.random = new Random(seed);
    }

    /** How many groups were written. */
    int groups() {
        return states.size() - 1;
    }

    /** Records by id, with customer, time and value, as they were after so many groups. */
    Map<String, String> state(int groups) {
        return states.get(groups);
    }

    /** Appends new records, corrections and late versions, or deletes some, and waits until that counts. */
    void writeGroup(DuckDbEventStore store) {
        if (random.nextInt(6) == 0 && !current.isEmpty()) {
            List<Event> deleted = current.values().stream()
                    .filter(_ -> random.nextInt(8) == 0)
                    .toList();
            if (!deleted.isEmpty()) {
                List<KeyHash> keys = deleted.stream().map(Event::key).toList();
                store.delete(Environment.LIVE, keys).join();
                current.values().removeAll(deleted);
                states.add(texts());
            }
            return;
        }
        List<Event> events = new ArrayList<>();
        int size = 1 + random.nextInt(20);
        for (int i = 0; i < size; i++) {
            Event event = event(TYPE)
                    .id("r" + random.nextInt(IDS))
                    .customer(random.nextInt(4))
                    .at(micros("2026-01-01T00:00:00Z") + random.nextInt(1_000))
                    .with("p" + random.nextInt(3), random.nextInt(1_000))
                    .build();
            events.add(event);
            everSeen.put(event.recordId(), event);
            current.merge(event.recordId(), event, (old, sent) -> sent.version() >= old.version() ? sent : old);
        }
        store.append(Environment.LIVE, events).applied().join();
        states.add(texts());
    }

    /** What a store holds. Fails when it holds a record twice. */
    static Map<String, String> read(DuckDbEventStore store) {
        Map<String, String> records = new TreeMap<>();
        List<StoredEvent> all = store.list(
                        Environment.LIVE, TestListing.listing().take(1_000).build())
                .events();
        for (StoredEvent stored : all) {
            if (records.put(stored.event().recordId(), text(stored.event())) != null) {
                throw new AssertionError(stored.event().recordId() + " is there twice");
            }
        }
        return records;
    }

    /** Sends versions that are older than any; the store must know that the records it holds beat them. */
    Outcome writeLateVersions(DuckDbEventStore store) {
        List<Event> late = everSeen.keySet().stream()
                .map(id -> event(TYPE).id(id).at(micros("2025-01-01T00:00:00Z")).build())
                .toList();
        return store.append(Environment.LIVE, late).applied().join();
    }

    int idsEverSeen() {
        return everSeen.size();
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        current.forEach((id, event) -> texts.put(id, text(event)));
        return texts;
    }

    private static String text(Event event) {
        return event.customer() + " " + event.timestampMicros() + " " + event.properties();
    }
}
