package io.meterline.store;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.KeyHash;
import io.meterline.event.Property;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** One step of a random history: something done to a store, or questions asked of it. */
sealed interface Operation {

    /** Queues groups one behind the other and waits for all of them. */
    record Write(Environment environment, List<List<Event>> groups) implements Operation {
        @Override
        public String toString() {
            return groups.stream()
                    .map(group -> group.stream()
                            .map(Write::text)
                            .collect(Collectors.joining("\n    ", "write " + environment + "\n    ", "")))
                    .collect(Collectors.joining("\n"));
        }

        private static String text(Event event) {
            return "%s %s id=%s%s customer=%d micros=%d version=%d%s %s key=%s"
                    .formatted(
                            event.source(),
                            event.eventType(),
                            event.recordId(),
                            event.idIsNumber() ? " (number)" : "",
                            event.customer(),
                            event.timestampMicros(),
                            event.version(),
                            event.replace() ? " replace" : "",
                            event.properties().stream().collect(Collectors.toMap(Property::name, Property::value)),
                            event.key().id());
        }
    }

    /** Removes records. */
    record Delete(Environment environment, List<KeyHash> keys) implements Operation {
        @Override
        public String toString() {
            return "delete " + environment + " "
                    + keys.stream().map(KeyHash::id).toList();
        }
    }

    /** Closes the store and opens it again. */
    record Restart() implements Operation {}

    /** Lets the engine's background work happen. */
    record Settle() implements Operation {}

    /** Moves the clock. */
    record Tick(Duration duration) implements Operation {}

    /** Asks for a figure. */
    record AskUsage(Environment environment, UsageQuery query) implements Operation {}

    /** Asks for the amount of each event. */
    record AskAmounts(Environment environment, UsageQuery query) implements Operation {}

    /**
     * Asks for a page.
     *
     * @param behind index, in the whole listing, of the event behind which the page starts; -1 for its start
     */
    record AskList(Environment environment, EventQuery query, int behind) implements Operation {}

    /** Asks for one record. */
    record AskFind(Environment environment, KeyHash key) implements Operation {}

    /** Asks for the event types. */
    record AskTypes(Environment environment) implements Operation {}
}
