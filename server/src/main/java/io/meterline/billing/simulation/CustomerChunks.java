package io.meterline.billing.simulation;

import io.meterline.customer.CustomerDirectory;
import io.meterline.event.Environment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The customers that are simulated, chunk by chunk. */
final class CustomerChunks {

    private final CustomerDirectory directory;
    private final Environment environment;
    private final @Nullable List<Long> some;
    private final Deque<List<Long>> again = new ArrayDeque<>();
    private int size;
    private int given;
    private long last;

    /**
     * All or some.
     *
     * @param some their numbers, rising and without merged ones; null for all
     * @param size of a chunk, at least 1
     */
    CustomerChunks(CustomerDirectory directory, Environment environment, @Nullable List<Long> some, int size) {
        this.directory = directory;
        this.environment = environment;
        this.some = some;
        this.size = size;
    }

    /** How many customers there are. */
    long count() {
        return some == null ? directory.count(environment) : some.size();
    }

    /** The next ones; empty behind the last. */
    List<Long> next() {
        if (!again.isEmpty()) {
            return again.pop();
        }
        if (some != null) {
            List<Long> chunk = some.subList(given, Math.min(some.size(), given + size));
            given += chunk.size();
            return chunk;
        }
        List<Long> chunk = directory.numbersAfter(environment, last, size);
        last = chunk.isEmpty() ? last : chunk.getLast();
        return chunk;
    }

    /** Gives a chunk again as two halves, and smaller ones from now on. It must have two customers. */
    void halve(List<Long> chunk) {
        int half = chunk.size() / 2;
        again.push(chunk.subList(half, chunk.size()));
        again.push(chunk.subList(0, half));
        size = Math.max(1, Math.min(size, half));
    }
}
