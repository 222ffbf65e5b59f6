package io.meterline.store;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.store.EventWriter.Outcome;
import io.meterline.store.EventWriter.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories give the same answers in an engine and in {@link ReferenceEventStore}, to the last digit.
 *
 * <p>A history that does not is shortened and printed with its seed; {@code -Dmeterline.seed=…} runs that one again.
 * Plain seeds rather than jqwik: what to leave out of a history is better known here than by a general shrinker, and each
 * attempt opens a store.
 */
public abstract class RandomOperationsProperty {

    private static final String SEED = "meterline.seed";
    private static final int MOST_ATTEMPTS_TO_SHORTEN = 150;

    private @TempDir @Nullable Path directory;
    private int opened;

    /** Opens a store on the files in the directory, which is empty the first time. */
    protected abstract EventStore open(Path files, InstantSource clock);

    /** Closes a store and opens it again. */
    protected EventStore reopen(EventStore closing, Path files, InstantSource clock) {
        closing.close();
        return open(files, clock);
    }

    /** Does what the engine otherwise does in the background. Called at random moments. */
    protected void settle(EventStore engine) {}

    /** How many histories the quick run tries, each of {@link #steps} steps. */
    protected int histories() {
        return 6;
    }

    protected int steps() {
        return 40;
    }

    @Test
    void engineAgreesWithTheReference() throws Exception {
        check(seeds(histories()), RandomHistory.Size.small(steps()));
    }

    @Test
    @Tag("long")
    void engineAgreesWithTheReferenceThroughLongHistories() throws Exception {
        check(seeds(100), RandomHistory.Size.small(200));
    }

    @Test
    @Tag("long")
    void engineAgreesWithTheReferenceOnManyEvents() throws Exception {
        check(seeds(3), new RandomHistory.Size(120, 20_000, 5_000));
    }

    private static List<Long> seeds(int howMany) {
        Long given = Long.getLong(SEED);
        return given != null
                ? List.of(given)
                : new Random().longs(howMany).boxed().toList();
    }

    /** Runs the histories of these seeds. */
    final void check(List<Long> seeds, RandomHistory.Size size) throws IOException {
        for (long seed : seeds) {
            List<Operation> history = RandomHistory.of(seed, size);
            Optional<Difference> found = difference(history);
            if (found.isPresent()) {
                List<Operation> shorter = shorten(history, found.get());
                Assertions.fail(
                        "A history of %d operations, shortened from %d, seed %d, ends in a difference:%n%s%n%n%s"
                                .formatted(
                                        shorter.size(),
                                        history.size(),
                                        seed,
                                        shorter.stream().map(Object::toString).collect(Collectors.joining("\n")),
                                        difference(shorter)
                                                .map(Difference::text)
                                                .orElse("which did not show again")));
            }
        }
    }

    /** Runs a history from an empty store on; says what the first difference is, if there is one. */
    private Optional<Difference> difference(List<Operation> history) throws IOException {
        if (directory == null) {
            throw new IllegalStateException("JUnit has set no directory");
        }
        Path files = Files.createDirectory(directory.resolve("history-" + opened++));
        try (Run run = new Run(files)) {
            for (int i = 0; i < history.size(); i++) {
                Optional<String> difference = run.perform(history.get(i));
                if (difference.isPresent()) {
                    return Optional.of(new Difference(i, difference.get()));
                }
            }
            return Optional.empty();
        }
    }

    /** Leaves out what the difference does not need: the other questions, then ever smaller pieces. */
    private List<Operation> shorten(List<Operation> history, Difference found) throws IOException {
        List<Operation> shortest = history.subList(0, found.at() + 1);
        Operation last = shortest.getLast();
        shortest = shorterOf(
                shortest,
                shortest.stream()
                        .filter(it -> it.equals(last) || !isQuestion(it))
                        .toList());
        shortest = shorterOf(shortest, flat(shortest));
        int attempts = 0;
        int piece = Math.max(1, shortest.size() / 2);
        while (true) {
            int before = shortest.size();
            for (int at = shortest.size() - piece; at >= 0; at = Math.min(at, shortest.size()) - piece) {
                if (attempts++ >= MOST_ATTEMPTS_TO_SHORTEN) {
                    return shortest;
                }
                List<Operation> without = new ArrayList<>(shortest);
                without.subList(at, at + piece).clear();
                shortest = shorterOf(shortest, without);
            }
            if (piece == 1 && shortest.size() == before) {
                return shortest;
            }
            piece = Math.max(1, piece / 2);
        }
    }

    /** The other history up to its difference when it has one, else the one that is known to have one. */
    private List<Operation> shorterOf(List<Operation> known, List<Operation> other) throws IOException {
        Optional<Difference> difference = difference(other);
        return difference.isPresent() ? other.subList(0, difference.get().at() + 1) : known;
    }

    private static boolean isQuestion(Operation operation) {
        return switch (operation) {
            case Operation.AskUsage _,
                    Operation.AskAmounts _,
                    Operation.AskList _,
                    Operation.AskFind _,
                    Operation.AskTypes _ -> true;
            case Operation.Write _, Operation.Delete _, Operation.Restart _, Operation.Settle _, Operation.Tick _ ->
                false;
        };
    }

    /** The same history with one event a write. */
    private static List<Operation> flat(List<Operation> history) {
        List<Operation> flat = new ArrayList<>();
        for (Operation operation : history) {
            if (operation instanceof Operation.Write write) {
                write.groups().stream()
                        .flatMap(List::stream)
                        .forEach(it -> flat.add(new Operation.Write(write.environment(), List.of(List.of(it)))));
            } else {
                flat.add(operation);
            }
        }
        return flat;
    }

    /**
     * A question that the two stores answer differently.
     *
     * @param at index of the operation in its history
     */
    private record Difference(int at, String text) {}

    /** One history on its way through both stores. */
    private final class Run implements AutoCloseable {

        private final Path files;
        private final SettableClock clock = new SettableClock(Instant.parse("2026-06-01T12:00:00Z"));
        private final ReferenceEventStore reference = new ReferenceEventStore(clock);
        private EventStore engine;

        Run(Path files) {
            this.files = files;
            this.engine = open(files, clock);
        }

        Optional<String> perform(Operation operation) {
            switch (operation) {
                case Operation.Restart _ -> engine = reopen(engine, files, clock);
                case Operation.Settle _ -> settle(engine);
                case Operation.Tick tick -> clock.advance(tick.duration());
                case Operation.Write _,
                        Operation.Delete _,
                        Operation.AskUsage _,
                        Operation.AskAmounts _,
                        Operation.AskList _,
                        Operation.AskFind _,
                        Operation.AskTypes _ -> {
                    return compare(operation);
                }
            }
            return Optional.empty();
        }

        private Optional<String> compare(Operation operation) {
            Object expected = truth(operation);
            Object actual;
            try {
                actual = answer(engine, operation);
            } catch (RuntimeException e) {
                actual = e;
            }
            return expected.equals(actual)
                    ? Optional.empty()
                    : Optional.of("%s%n  reference: %s%n  engine:    %s".formatted(operation, expected, actual));
        }

        /** What the reference says; where events are supposed, another store says to which they were really pushed. */
        private Object truth(Operation operation) {
            if (operation instanceof Operation.AskUsage(Environment environment, UsageQuery query)) {
                return answer(
                        pushed(environment, query.whatIf()),
                        new Operation.AskUsage(environment, query.withWhatIf(List.of())));
            }
            if (operation instanceof Operation.AskAmounts(Environment environment, UsageQuery query)) {
                return answer(
                        pushed(environment, query.whatIf()),
                        new Operation.AskAmounts(environment, query.withWhatIf(List.of())));
            }
            return answer(reference, operation);
        }

        private EventStore pushed(Environment environment, List<Event> events) {
            if (events.isEmpty()) {
                return reference;
            }
            ReferenceEventStore store = reference.copy();
            await(store.append(environment, events).applied());
            return store;
        }

        private static Object answer(EventStore store, Operation operation) {
            return switch (operation) {
                case Operation.Write it -> write(store, it);
                case Operation.Delete it -> await(store.delete(it.environment(), it.keys()));
                case Operation.AskUsage it -> Answer.of(store.usage(it.environment(), it.query()));
                case Operation.AskAmounts it -> amounts(store, it);
                case Operation.AskList it -> page(store, it);
                case Operation.AskFind it ->
                    store.find(it.environment(), it.key()).map(Row::of);
                case Operation.AskTypes it -> types(store, it.environment());
                case Operation.Restart _, Operation.Settle _, Operation.Tick _ ->
                    throw new IllegalArgumentException("asks nothing: " + operation);
            };
        }

        private static List<Outcome> write(EventStore store, Operation.Write write) {
            List<Receipt> receipts = new ArrayList<>();
            for (List<Event> group : write.groups()) {
                for (Event event : group) {
                    EventWriter.Limit limit = store.admit(write.environment(), event);
                    if (limit != null) {
                        throw new IllegalStateException("not admitted: " + limit);
                    }
                }
                receipts.add(store.append(write.environment(), group));
            }
            receipts.forEach(it -> await(it.durable()));
            return receipts.stream().map(it -> await(it.applied())).toList();
        }

        private static Object amounts(EventStore store, Operation.AskAmounts ask) {
            List<Object> amounts = new ArrayList<>();
            store.amounts(
                    ask.environment(),
                    ask.query(),
                    (key, window, amount) -> amounts.add(key + " " + window + " " + amount));
            return amounts;
        }

        private static Object page(EventStore store, Operation.AskList ask) {
            EventQuery.Position position = null;
            if (ask.behind() >= 0) {
                List<StoredEvent> all = store.list(ask.environment(), with(ask.query(), 1_000, 0, null))
                        .events();
                if (ask.behind() < all.size()) {
                    StoredEvent stored = all.get(ask.behind());
                    position = new EventQuery.Position(
                            switch (ask.query().sort()) {
                                case TIMESTAMP -> stored.event().timestampMicros();
                                case INGESTED_AT -> stored.ingestedAtMicros();
                            },
                            stored.sequence());
                }
            }
            EventPage page = store.list(
                    ask.environment(),
                    with(ask.query(), ask.query().take(), ask.query().skip(), position));
            return Stream.concat(Stream.of(page.total()), page.events().stream().map(Row::of))
                    .toList();
        }

        private static EventQuery with(EventQuery query, int take, int skip, EventQuery.@Nullable Position position) {
            return new EventQuery(
                    query.eventType(),
                    query.customers(),
                    query.recordIds(),
                    query.source(),
                    query.timestamps(),
                    query.ingested(),
                    query.filter(),
                    query.counted(),
                    query.sort(),
                    query.descending(),
                    take,
                    skip,
                    position);
        }

        private static Object types(EventStore store, Environment environment) {
            Function<EventTypeSummary, List<@Nullable Object>> comparable = it -> {
                Set<Object> properties = new HashSet<>(it.properties());
                List<@Nullable Object> facts = new ArrayList<>();
                facts.add(it.name());
                facts.add(it.events());
                facts.add(it.firstSeenMicros());
                facts.add(it.lastSeenMicros());
                facts.add(properties);
                return facts;
            };
            return store.eventTypes(environment).stream().map(comparable).toList();
        }

        private static <T> T await(CompletableFuture<T> future) {
            return future.orTimeout(60, TimeUnit.SECONDS).join();
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
