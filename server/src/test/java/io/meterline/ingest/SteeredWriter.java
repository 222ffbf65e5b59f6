package io.meterline.ingest;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.KeyHash;
import io.meterline.store.EventWriter;
import io.meterline.store.OverloadedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A writer that does as the test says: refuses types, is full, fails, or keeps callers waiting. */
class SteeredWriter implements EventWriter {

    final List<List<Event>> groups = new ArrayList<>();
    Predicate<Event> full = _ -> false;
    Predicate<Integer> overloaded = _ -> false;
    OverloadedException.Reason reason = OverloadedException.Reason.BUSY;
    CompletableFuture<Void> durable = CompletableFuture.completedFuture(null);

    @Override
    public @Nullable Limit admit(Environment environment, Event event) {
        return full.test(event) ? Limit.TOO_MANY_PROPERTIES : null;
    }

    @Override
    public Receipt append(Environment environment, List<Event> events) {
        if (overloaded.test(groups.size())) {
            throw new OverloadedException(reason, "full");
        }
        groups.add(List.copyOf(events));
        return new Receipt(durable, new CompletableFuture<>());
    }

    @Override
    public void purge() {}

    @Override
    public CompletableFuture<Integer> delete(Environment environment, List<KeyHash> keys) {
        return CompletableFuture.completedFuture(keys.size());
    }
}
