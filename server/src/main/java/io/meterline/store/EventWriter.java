package io.meterline.store;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.KeyHash;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The writing side of an event store. Safe for use by many threads.
 *
 * <p>Each event is held against the current version of its key, in the order of acceptance. It wins, and replaces the
 * whole record, when there is none, when its version is greater or equal, or when it says {@code replace}; later events
 * are then held against its version, also where that is the lesser one. Otherwise it is ignored.
 */
public interface EventWriter {

    /**
     * Reserves room for the event's type and properties. Call it before {@link #append}, for each event.
     *
     * @return null when there is room, else the limit that the event would pass; such an event must be refused, and
     *     nothing was reserved for it
     */
    @Nullable
    Limit admit(Environment environment, Event event);

    /**
     * Queues events as one group: after a crash either all of them are there or none. Order is kept, and later groups
     * come after earlier ones.
     *
     * <p>Throws {@link OverloadedException} when the bounded queue or the disk is full; nothing was queued then.
     */
    Receipt append(Environment environment, List<Event> events);

    /**
     * Removes the current versions of these keys, in order with the groups. Sending a removed key again creates it anew,
     * also with an older version.
     *
     * @return completes when durable and applied, with the number of records that were there; a key that is named twice
     *     counts once
     */
    CompletableFuture<Integer> delete(Environment environment, List<KeyHash> keys);

    /**
     * Removes the traces of what was deleted: from all files at once, but for the database file, which is written anew
     * before the store is opened the next time. Returns when that is done; until then a crash leaves nothing undone that a
     * repetition would not do. Throws {@link StoreFailedException} when it could not be done now.
     */
    void purge();

    /**
     * What becomes of a group.
     *
     * @param durable completes when the group survives a crash; only then may it be acknowledged. Completes with
     *     {@link StoreFailedException} when it could not be written, with {@link OverloadedException} when that is because
     *     the disk is full
     * @param applied completes when the group counts in every figure, with what it changed
     */
    record Receipt(CompletableFuture<Void> durable, CompletableFuture<Outcome> applied) {}

    /**
     * What a group changed. Each event counts in exactly one of these; a pulled row that is both repeated and unchanged
     * is repeated.
     *
     * @param created records that were not there
     * @param corrected records whose earlier version was replaced
     * @param ignored events that lost against a later version
     * @param unchanged pulled rows of a later load that say what is stored: record, customer and time. The record keeps
     *     its sequence and its time of acceptance, and takes the version of the row
     * @param repeated pulled rows whose key had come before in the same load; the last of them counts, as any event of an
     *     equal version does
     */
    record Outcome(int created, int corrected, int ignored, int unchanged, int repeated) {
        public static final Outcome NONE = new Outcome(0, 0, 0, 0, 0);

        public Outcome plus(Outcome other) {
            return new Outcome(
                    created + other.created,
                    corrected + other.corrected,
                    ignored + other.ignored,
                    unchanged + other.unchanged,
                    repeated + other.repeated);
        }
    }

    /** The limits on an environment's catalogue. */
    enum Limit {
        /** 1,000 event types an environment. */
        TOO_MANY_EVENT_TYPES,
        /**
         * 500 columns an event type: a property counts once for each kind of value it arrived with, and once when it has
         * only been null.
         */
        TOO_MANY_PROPERTIES
    }
}
