package io.meterline.store;

import static io.meterline.store.TestEvents.event;
import static io.meterline.store.TestEvents.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.store.EventWriter.Outcome;
import io.meterline.store.EventWriter.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Nothing that was accepted is lost, and everyone sees what was written before. */
interface DurabilityCases extends StoreCases {

    private static Event version(String id, String at, long customer, Object value) {
        return event(TYPE).id(id).at(at).customer(customer).with("p", value).build();
    }

    private List<Row> everything() {
        return store().list(Environment.LIVE, TestListing.listing().build()).events().stream()
                .map(Row::of)
                .toList();
    }

    @Test
    default void emptyStoreIsEmptyAfterARestart() {
        restart();

        assertThat(everything()).isEmpty();
        assertThat(store().eventTypes(Environment.LIVE)).isEmpty();
        assertThat(store().health().writable()).isTrue();
    }

    @Test
    default void restartKeepsEverything() {
        write(
                version("a", "2026-01-01T00:00:00Z", 1, 1),
                version("b", "2026-01-02T00:00:00Z", 2, number(NumberCases.MOST)),
                version("c", "2026-01-03T00:00:00Z", 3, "x\u0000y"),
                version("d", "2026-01-04T00:00:00Z", 3, List.of("x", 1, true)),
                event("storage").id(7).pulled(3).with("q", null).build());
        clock().advance(Duration.ofHours(1));
        write(version("a", "2026-01-05T00:00:00Z", 2, 5));
        delete(version("c", "2026-01-03T00:00:00Z", 3, 0).key());
        write(
                Environment.TEST,
                List.of(event(TYPE).in(Environment.TEST).with("p", 1).build()));
        List<Row> before = everything();
        List<EventTypeSummary> types = store().eventTypes(Environment.LIVE);
        Answer byCustomer = ask(TestUsage.usage(TYPE, new Measure.Sum("p")).byCustomer());

        for (int i = 0; i < 3; i++) {
            restart();

            assertThat(everything()).isEqualTo(before);
            assertThat(store().eventTypes(Environment.LIVE)).hasSameSizeAs(types);
            assertThat(ask(TestUsage.usage(TYPE, new Measure.Sum("p")).byCustomer()))
                    .isEqualTo(byCustomer);
            assertThat(ask(Environment.TEST, TestUsage.usage(TYPE, new Measure.Sum("p")))
                            .total())
                    .isEqualTo("1/1");
        }
    }

    @Test
    default void restartBetweenAnyTwoWritesChangesNoVersionRule() {
        write(version("a", "2026-01-05T00:00:00Z", 1, 5));
        restart();
        assertThat(write(version("a", "2026-01-04T00:00:00Z", 1, 4))).isEqualTo(VersionCases.IGNORED);
        restart();
        assertThat(write(version("a", "2026-01-06T00:00:00Z", 1, 6))).isEqualTo(VersionCases.CORRECTED);
        restart();
        assertThat(write(event(TYPE)
                        .id("a")
                        .at("2026-01-02T00:00:00Z")
                        .replace()
                        .with("p", 2)
                        .build()))
                .isEqualTo(VersionCases.CORRECTED);
        restart();
        assertThat(write(version("a", "2026-01-03T00:00:00Z", 1, 3))).isEqualTo(VersionCases.CORRECTED);
        restart();
        assertThat(delete(version("a", "2026-01-03T00:00:00Z", 1, 3).key())).isEqualTo(1);
        restart();
        assertThat(write(version("a", "2026-01-01T00:00:00Z", 1, 1))).isEqualTo(VersionCases.CREATED);
        restart();
        assertThat(total(new Measure.Sum("p"))).isEqualTo("1/1");
    }

    @Test
    default void restartBetweenLoadsKeepsWhatIsUnchangedAndWhatIsRepeated() {
        Event first = event(TYPE).pulled(5).with("p", List.of(1, "x")).build();
        write(first);
        restart();
        assertThat(write(event(TYPE).pulled(5).with("p", List.of(1, "x")).build()))
                .isEqualTo(PulledCases.REPEATED);
        restart();
        assertThat(write(event(TYPE).pulled(6).with("p", List.of(1, "x")).build()))
                .isEqualTo(PulledCases.UNCHANGED);
        restart();
        assertThat(write(event(TYPE).pulled(4).with("p", 2).build())).isEqualTo(VersionCases.IGNORED);
    }

    @Test
    default void unchangedRowIsAsCurrentAsItsLoadAlsoAfterARestart() {
        write(event(TYPE).pulled(5).with("p", 1).build());
        write(event(TYPE).pulled(7).with("p", 1).build());

        restart();

        assertThat(write(event(TYPE).pulled(6).with("p", 2).build())).isEqualTo(VersionCases.IGNORED);
        assertThat(write(event(TYPE).pulled(7).with("p", 1).build())).isEqualTo(PulledCases.REPEATED);
    }

    @Test
    default void sequencesGoOnRisingAfterARestart() {
        write(version("a", "2026-01-01T00:00:00Z", 1, 1), version("b", "2026-01-01T00:00:00Z", 1, 2));
        restart();
        write(version("c", "2026-01-01T00:00:00Z", 1, 3));

        assertThat(value(new Measure.Latest("p"))).isEqualTo("3");
        assertThat(everything().stream().map(Row::recordId)).containsExactly("a", "b", "c");
    }

    @Test
    default void propertyMayGetANewKindAfterARestart() {
        write(version("a", "2026-01-01T00:00:00Z", 1, 1));
        restart();
        write(version("b", "2026-01-01T00:00:00Z", 1, "2"), version("c", "2026-01-01T00:00:00Z", 1, true));
        restart();
        write(version("d", "2026-01-01T00:00:00Z", 1, number(NumberCases.WIDE)));
        restart();

        assertThat(total(new Measure.Sum("p"))).isEqualTo("1000000000003.0000001/3");
    }

    @Test
    default void closingMakesDurableWhatWasQueued() {
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            receipts.add(append(Environment.LIVE, List.of(version("id " + i, "2026-01-01T00:00:00Z", 1, i))));
        }

        restart();

        receipts.forEach(it -> await(it.durable()));
        assertThat(total(new Measure.Sum("p"))).isEqualTo("1225/50");
    }

    @Test
    default void threadsReadWhatTheyWrote() throws Exception {
        inThreads(8, thread -> {
            for (int i = 1; i <= 20; i++) {
                Event event = event(TYPE)
                        .id(thread + "-" + i % 15)
                        .customer(thread)
                        .at(1_000_000L * i)
                        .with("p", i)
                        .build();
                store().admit(Environment.LIVE, event);
                await(store().append(Environment.LIVE, List.of(event)).durable());

                int distinct = Math.min(i, 15);
                int sum = i <= 15 ? i * (i + 1) / 2 : 120 + 15 * (i - 15);
                assertThat(ask(TestUsage.usage(TYPE, new Measure.Sum("p")).customers(thread))
                                .total())
                        .isEqualTo(sum + "/" + distinct);
                assertThat(current(event).event().timestampMicros()).isEqualTo(1_000_000L * i);
            }
        });

        // All customers together: 16..20 replaced 1..5
        assertThat(total(new Measure.Sum("p"))).isEqualTo(8 * 195 + "/" + 8 * 15);
    }

    @Test
    default void threadsThatCorrectOneRecordLeaveOneVersion() throws Exception {
        AtomicReference<Outcome> outcomes = new AtomicReference<>(Outcome.NONE);
        inThreads(8, thread -> {
            for (int i = 0; i < 25; i++) {
                Event event = event(TYPE)
                        .id("one")
                        .customer(thread)
                        .at(1_000_000L * i)
                        .with("p", i)
                        .build();
                store().admit(Environment.LIVE, event);
                Outcome outcome =
                        await(store().append(Environment.LIVE, List.of(event)).applied());
                outcomes.accumulateAndGet(outcome, Outcome::plus);
            }
        });

        Outcome all = outcomes.get();
        assertThat(all.created()).isEqualTo(1);
        assertThat(all.created() + all.corrected() + all.ignored()).isEqualTo(200);
        assertThat(total(new Measure.Sum("p"))).isEqualTo("24/1");
    }

    @Test
    default void recordThatMovesIsNeverSeenTwiceOrNotAtAll() throws Exception {
        write(version("a", "2026-01-01T00:00:00Z", 0, 1));
        AtomicBoolean done = new AtomicBoolean();
        inThreads(2, thread -> {
            if (thread == 0) {
                try {
                    for (int i = 0; i < 100; i++) {
                        Event event =
                                event(TYPE).id("a").customer(i % 5).with("p", 1).build();
                        await(store().append(Environment.LIVE, List.of(event)).durable());
                        if (i % 10 == 0) {
                            settle();
                        }
                    }
                } finally {
                    done.set(true);
                }
            } else {
                do {
                    Answer answer =
                            ask(TestUsage.usage(TYPE, new Measure.Sum("p")).byCustomer());
                    assertThat(answer.total()).isEqualTo("1/1");
                    assertThat(answer.groups()).hasSize(1);
                } while (!done.get());
            }
        });
    }

    @Test
    default void whatIsNotAcceptedUnderLoadIsNotThere() throws Exception {
        AtomicReference<List<String>> accepted = new AtomicReference<>(List.of());
        inThreads(8, thread -> {
            List<String> mine = new ArrayList<>();
            List<Receipt> receipts = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Event event = version(thread + "-" + i, "2026-01-01T00:00:00Z", 1, 1);
                try {
                    receipts.add(append(Environment.LIVE, List.of(event)));
                    mine.add(event.recordId());
                } catch (OverloadedException _) {
                    await(receipts.getLast().durable());
                }
            }
            receipts.forEach(it -> await(it.durable()));
            accepted.accumulateAndGet(mine, (one, other) -> {
                List<String> both = new ArrayList<>(one);
                both.addAll(other);
                return both;
            });
        });

        assertThat(everything().stream().map(Row::recordId)).containsExactlyInAnyOrderElementsOf(accepted.get());
    }

    /** Runs the work in so many threads at once, each with its number, and fails when one of them does. */
    private static void inThreads(int howMany, Work work) throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < howMany; i++) {
            int thread = i;
            tasks.add(() -> {
                work.run(thread);
                return null;
            });
        }
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> future : executor.invokeAll(tasks)) {
                future.get();
            }
        }
    }

    /** What one of several threads does. */
    @FunctionalInterface
    interface Work {
        void run(int thread) throws Exception;
    }
}
