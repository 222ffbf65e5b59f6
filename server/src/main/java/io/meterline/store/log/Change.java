package io.meterline.store.log;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.KeyHash;
import java.util.List;

/** What one frame of the log does to the store: all of it or nothing. */
public sealed interface Change {

    Environment environment();

    /** How many sequence numbers it takes: one for each thing in it. */
    int size();

    /** Adds versions of records. */
    record Append(Environment environment, List<Event> events) implements Change {
        @Override
        public int size() {
            return events.size();
        }
    }

    /** Removes records. */
    record Delete(Environment environment, List<KeyHash> keys) implements Change {
        @Override
        public int size() {
            return keys.size();
        }
    }
}
