package io.meterline.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.control.ControlDatabase;
import io.meterline.control.SettableClock;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Whatever the order of events, renames, merges and undos, every name leads where a plain model says. */
final class CustomerNamesTest {

    private static final Environment LIVE = Environment.LIVE;
    private static final int NAMES = 5;
    private static final AtomicInteger TRIES = new AtomicInteger();

    private static @Nullable ControlDatabase shared;

    @BeforeContainer
    static void open() throws IOException {
        Path folder = Files.createTempDirectory("meterline-names");
        shared = ControlDatabase.open(folder, 1, 100);
    }

    @AfterContainer
    static void close() {
        if (shared != null) {
            shared.close();
        }
    }

    enum Kind {
        EVENT,
        RENAME,
        MERGE,
        UNDO
    }

    record Step(Kind kind, int one, int other) {}

    @Property(tries = 60)
    void everyNameLeadsWhereTheModelSays(@ForAll("steps") List<Step> steps) {
        // Given names that no other try uses
        String prefix = "try" + TRIES.incrementAndGet() + "-";
        ControlDatabase database = Objects.requireNonNull(shared);
        SettableClock clock = new SettableClock();
        CustomerDirectory directory = new CustomerDirectory(database, clock);
        Customers customers = new Customers(database, directory, clock);
        Model model = new Model();

        for (Step step : steps) {
            // When
            String one = prefix + step.one();
            String other = prefix + step.other();
            boolean done = succeeds(() -> {
                switch (step.kind()) {
                    case EVENT ->
                        model.created(
                                one,
                                directory
                                        .resolve(LIVE, List.of(CustomerReference.of(one)), CreatePolicy.CREATE)
                                        .get(one));
                    case RENAME -> customers.update(LIVE, one, CustomerDraft.of(other));
                    case MERGE -> customers.merge(LIVE, one, other);
                    case UNDO -> customers.undoMerge(LIVE, one);
                }
            });

            // Then
            assertThat(done).as("%s", step).isEqualTo(model.apply(step.kind(), one, other));
            for (int i = 0; i < NAMES; i++) {
                check(directory, customers, model, prefix + i);
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> name = Arbitraries.integers().between(0, NAMES - 1);
        // Merges are drawn most, since only a chain of them that is cut again shows much.
        Arbitrary<Kind> kind = Arbitraries.frequency(
                Tuple.of(3, Kind.EVENT), Tuple.of(2, Kind.RENAME), Tuple.of(4, Kind.MERGE), Tuple.of(2, Kind.UNDO));
        return Combinators.combine(kind, name, name)
                .as(Step::new)
                .list()
                .ofMinSize(20)
                .ofMaxSize(40);
    }

    private static void check(CustomerDirectory directory, Customers customers, Model model, String name) {
        Long own = model.owners.get(name);
        if (own == null) {
            assertThat(directory.find(LIVE, name)).isEmpty();
            return;
        }
        long canonical = model.canonical(own);
        CustomerRef ref = directory.find(LIVE, name).orElseThrow();
        assertThat(ref.number()).isEqualTo(own);
        assertThat(ref.canonicalNumber()).isEqualTo(canonical);
        assertThat(ref.canonicalExternalId()).isEqualTo(model.current.get(canonical));
        assertThat(directory.expand(LIVE, name)).isEqualTo(model.group(canonical));
        assertThat(customers.get(LIVE, name).number()).isEqualTo(canonical);
    }

    private static boolean succeeds(Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuleException e) {
            return false;
        }
    }

    /** The rules again, in the plainest way. */
    private static final class Model {
        final Map<String, Long> owners = new HashMap<>();
        final Map<Long, String> current = new HashMap<>();
        final Map<Long, Long> mergedInto = new HashMap<>();

        void created(String name, @Nullable Resolution resolution) {
            if (resolution instanceof Resolution.Resolved resolved && resolved.created()) {
                owners.put(name, resolved.number());
                current.put(resolved.number(), name);
            }
        }

        boolean apply(Kind kind, String one, String other) {
            return switch (kind) {
                case EVENT -> true;
                case RENAME -> rename(one, other);
                case MERGE -> merge(one, other);
                case UNDO -> owners.containsKey(one) && mergedInto.remove(owners.get(one)) != null;
            };
        }

        private boolean rename(String one, String other) {
            Long own = owners.get(one);
            if (own == null) {
                return false;
            }
            long canonical = canonical(own);
            if (owners.containsKey(other) && !Objects.equals(owners.get(other), canonical)) {
                return false;
            }
            owners.put(other, canonical);
            current.put(canonical, other);
            return true;
        }

        private boolean merge(String one, String other) {
            Long from = owners.get(one);
            Long into = owners.get(other);
            if (from == null || into == null || from.equals(into)) {
                return false;
            }
            if (mergedInto.containsKey(from)) {
                return into.equals(mergedInto.get(from));
            }
            if (canonical(into) == from) {
                return false;
            }
            mergedInto.put(from, into);
            return true;
        }

        long canonical(long number) {
            Long next = mergedInto.get(number);
            return next == null ? number : canonical(next);
        }

        Set<Long> group(long canonical) {
            Set<Long> numbers = new HashSet<>();
            for (long number : current.keySet()) {
                if (canonical(number) == canonical) {
                    numbers.add(number);
                }
            }
            return numbers;
        }
    }
}
