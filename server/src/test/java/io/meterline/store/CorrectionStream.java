package io.meterline.store;

import static io.meterline.store.TestEvents.event;
import static io.meterline.store.TestEvents.micros;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.EventKey;
import io.meterline.event.KeyHash;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Batches of which 30 % correct what was sent before: old keys and recent ones, later and earlier versions, other
 * customers; now and then a removal.
 *
 * <p>Every 200th key is tracked, and only tracked keys ever belong to the first {@value #SAMPLED} customers. So the figures
 * of those customers depend on the tracked keys alone, which are few enough for the reference.
 */
final class CorrectionStream {

    static final String TYPE = "api_calls";
    static final int SAMPLED = 50;

    private static final int CUSTOMERS = 10_000;
    private static final int TRACKED_EVERY = 200;
    private static final int RECENT_KEYS = 20_000;
    private static final int HOURS = 90 * 24;
    private static final long HOUR_MICROS = 3_600_000_000L;
    private static final long FIRST_MICROS = micros("2026-01-01T00:00:00Z");

    private final Random random;
    private int keys;

    CorrectionStream(long seed) {
        random = new Random(seed);
    }

    /**
     * What is sent at once: events, or keys to remove.
     *
     * @param tracked those that the reference has to know
     */
    record Moment(List<Event> events, List<KeyHash> removed, List<Event> tracked, List<KeyHash> trackedRemoved) {

        Moment {
            events = List.copyOf(events);
            removed = List.copyOf(removed);
            tracked = List.copyOf(tracked);
            trackedRemoved = List.copyOf(trackedRemoved);
        }

        /** The same without what the reference need not know. */
        Moment small() {
            return new Moment(List.of(), List.of(), tracked, trackedRemoved);
        }
    }

    /** New records. */
    Moment news(int size) {
        return batch(size, 0);
    }

    /** 70 % new records and 30 % corrections. */
    Moment corrections(int size) {
        return batch(size, 30);
    }

    /** A removal of a few records. */
    Moment removal(int size) {
        List<KeyHash> removed = new ArrayList<>();
        List<KeyHash> tracked = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int key = oldKey(30);
            KeyHash hash = EventKey.ofPushed(Environment.LIVE, TYPE, "k" + key);
            removed.add(hash);
            if (isTracked(key)) {
                tracked.add(hash);
            }
        }
        return new Moment(List.of(), removed, List.of(), tracked);
    }

    private Moment batch(int size, int percentCorrections) {
        List<Event> events = new ArrayList<>(size);
        List<Event> tracked = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            boolean corrects = keys > 0 && random.nextInt(100) < percentCorrections;
            int key = corrects ? oldKey(5) : keys++;
            Event event = version(key, corrects);
            events.add(event);
            if (isTracked(key)) {
                tracked.add(event);
            }
        }
        return new Moment(events, List.of(), tracked, List.of());
    }

    private int oldKey(int percentTracked) {
        if (random.nextInt(100) < percentTracked) {
            return random.nextInt((keys + TRACKED_EVERY - 1) / TRACKED_EVERY) * TRACKED_EVERY;
        }
        int among = random.nextBoolean() ? Math.min(keys, RECENT_KEYS) : keys;
        return keys - 1 - random.nextInt(among);
    }

    private Event version(int key, boolean corrects) {
        TestEvents.Builder event = event(TYPE)
                .id("k" + key)
                .customer(customer(key, corrects))
                .at(FIRST_MICROS + random.nextInt(HOURS) * HOUR_MICROS)
                .with("amount", BigDecimal.valueOf(random.nextInt(1_000_000), 2))
                .with("label", "label-" + random.nextInt(40));
        if (corrects && random.nextInt(20) == 0) {
            event.replace();
        }
        return event.build();
    }

    // Tracked keys move, also to customers beyond the sample and back.
    private long customer(int key, boolean corrects) {
        if (!isTracked(key)) {
            return 1L + SAMPLED + Math.floorMod(key * 31L, CUSTOMERS - SAMPLED);
        }
        boolean moves = corrects && random.nextInt(4) == 0;
        return 1L + (moves ? random.nextInt(SAMPLED + 10) : key / TRACKED_EVERY % SAMPLED);
    }

    private static boolean isTracked(int key) {
        return key % TRACKED_EVERY == 0;
    }
}
